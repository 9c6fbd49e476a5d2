// Which process is meant: a pid alone is reused after a while, a pid with its start time is not.
// Plain JavaScript on Node's own modules only: the install needs it before any package is there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as text that only this process of this boot has; undefined when there is no such process.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startMark(pid) {
  return process.platform === 'linux' ? linuxMark(pid) : psMark(pid);
}

/**
 * Whether the process that was recorded still runs.
 * @param {{ pid: number, mark: string } | undefined} recorded
 */
export function isRunning(recorded) {
  return recorded !== undefined && startMark(recorded.pid) === recorded.mark;
}

function linuxMark(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function psMark(pid) {
  try {
    const [state = 'Z', ...start] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    })
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}
