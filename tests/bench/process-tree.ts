import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes of a process and all that it started. */
export interface TreeMemory {
  processes: number;
  /** Resident pages, those shared with others counted in each. */
  rss: number;
  /** The same with shared pages divided among those who share them: these may be added up. */
  pss: number;
}

// Of Linux only: there is no other /proc.

export function treeMemory(pid: number): TreeMemory {
  const rollups = tree(pid)
    .map((one) => read(`/proc/${one}/smaps_rollup`))
    .filter((text) => text !== '');
  const sum = (field: string) =>
    rollups.reduce((total, text) => total + Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0), 0);
  return { processes: rollups.length, rss: Math.round(sum('Rss') / 1_024), pss: Math.round(sum('Pss') / 1_024) };
}

/** Seconds of processor that a process and all that it started have taken, those that have ended included. */
export function treeProcessor(pid: number): number {
  // After the name, which may hold anything: of itself in user and system mode, and of the children that have ended.
  const ticks = tree(pid).flatMap(
    (one) => read(`/proc/${one}/stat`).split(') ').at(-1)?.split(' ').slice(11, 15) ?? [],
  );
  return ticks.reduce((total, text) => total + Number(text), 0) / ticksPerSecond;
}

/** The kernel's unit of these figures, which is the same wherever Node runs. */
const ticksPerSecond = 100;

/** A process and all that it started. */
function tree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = read(`/proc/${entry}/stat`).split(') ').at(-1)?.split(' ')[1];
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(entry)]);
  }
  const pids = [pid];
  for (const one of pids) pids.push(...(children.get(one) ?? []));
  return pids;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile.
    return '';
  }
}
