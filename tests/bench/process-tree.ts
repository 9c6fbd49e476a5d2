import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes of a process and all that it started. */
export interface TreeMemory {
  processes: number;
  /** Resident pages, those shared with others counted in each. */
  rss: number;
  /** The same with shared pages divided among those who share them: these may be added up. */
  pss: number;
}

/** Linux only. */
export function treeMemory(pid: number): TreeMemory {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // After the name, which may hold anything, state and parent.
    const [, parent] = /\) \S (\d+)/.exec(read(`/proc/${entry}/stat`)) ?? [];
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(entry)]);
  }
  const pids = [pid];
  for (const one of pids) pids.push(...(children.get(one) ?? []));
  const rollups = pids.map((one) => read(`/proc/${one}/smaps_rollup`)).filter((text) => text !== '');
  const sum = (field: string) =>
    rollups.reduce((total, text) => total + Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0), 0);
  return { processes: rollups.length, rss: Math.round(sum('Rss') / 1_024), pss: Math.round(sum('Pss') / 1_024) };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended meanwhile.
    return '';
  }
}
