/** A process that was seen: its pid and when it started. */
export interface RecordedProcess {
  pid: number;
  mark: string;
}
/** When a process started, as text that only this process of this boot has; undefined when there is no such process. */
export function startMark(pid: number): string | undefined;
/** Whether the process that was recorded still runs. */
export function isRunning(recorded: RecordedProcess | undefined): boolean;
