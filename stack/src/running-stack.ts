import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMark } from '../bin/process-identity.mjs';
import type { Child } from './child.ts';
import { failure } from './health.ts';
import { removeRunRecord, writeRunRecord, type Part, type RunRecord } from './run-file.ts';
import { stopParts } from './stop-parts.ts';
import { stopProcess } from './stop-process.ts';

/** What was started so far: recorded on disk part by part, so that nothing of it is ever lost track of. */
export class RunningStack {
  readonly #path: string;
  readonly #record: RunRecord;
  readonly #keeper: ChildProcess;
  readonly #children: Child[] = [];
  #stopping = false;

  /**
   * @param dir the state folder
   * @param path of the run record
   */
  constructor(dir: string, path: string, record: Omit<RunRecord, 'main' | 'parts' | 'startedAt' | 'ready' | 'keeper'>) {
    this.#path = path;
    this.#keeper = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'keeper.ts'), dir], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      cwd: join(import.meta.dirname, '..'),
    });
    this.#keeper.on('error', () => undefined);
    const identity = (pid: number) => ({ pid, mark: startMark(pid) ?? 'ended' });
    this.#record = {
      main: identity(process.pid),
      keeper: identity(this.#keeper.pid ?? 0),
      parts: {},
      startedAt: new Date().toISOString(),
      ready: false,
      ...record,
    };
    this.#save();
  }

  /** Takes a part into the record. */
  add(part: Part, child: Child, more: Pick<RunRecord, 'churn' | 'alerts' | 'grafana' | 'workbench'> = {}): void {
    this.#children.push(child);
    this.#record.parts[part] = child.recorded;
    Object.assign(this.#record, more);
    this.#save();
  }

  /** Takes into the record what ends by itself: its end is no failure of the stack. */
  addTask(part: Part, child: Child): void {
    this.#record.parts[part] = child.recorded;
    this.#save();
    void child.ended.then(() => {
      if (this.#stopping || this.#record.parts[part] !== child.recorded) return;
      this.#record.parts = Object.fromEntries(
        Object.entries(this.#record.parts).filter(([, recorded]) => recorded !== child.recorded),
      );
      this.#save();
    });
  }

  markReady(): void {
    this.#record.ready = true;
    this.#save();
  }

  /** Resolves with words when a part ends although nobody stopped it. */
  async firstFailure(): Promise<string> {
    const [child, how] = await Promise.race(this.#children.map(async (each) => [each, await each.ended] as const));
    // While stopping, ending is what the parts are meant to do.
    if (this.#stopping) return new Promise(() => undefined);
    return failure(child, how);
  }

  /** Words for a part that has ended although nobody stopped it, or does so shortly; undefined when none has. */
  async failureWithin(milliseconds: number): Promise<string | undefined> {
    return Promise.race([this.firstFailure(), sleep(milliseconds, undefined)]);
  }

  /** Stops every part that was started so far, in order. May be called again for parts that came late. */
  async stop(told?: Parameters<typeof stopParts>[1]): Promise<void> {
    this.#stopping = true;
    await stopParts(this.#record.parts, told);
  }

  /** Ends the record; only after everything was stopped. */
  async close(): Promise<void> {
    if (this.#record.keeper) await stopProcess(this.#record.keeper, 'SIGTERM', 3_000);
    removeRunRecord(this.#path);
  }

  #save(): void {
    writeRunRecord(this.#path, this.#record);
  }
}
