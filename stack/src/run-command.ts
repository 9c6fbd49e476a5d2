import { spawn } from 'node:child_process';
import { basename } from 'node:path';

export interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is ended. */
  limit: number;
  /** Ends it early. */
  signal?: AbortSignal | undefined;
  user?: { uid: number; gid: number } | undefined;
}

/**
 * Runs a command to its end, out of reach of the terminal's Ctrl-C; what it started ends with it.
 * @returns whether it succeeded, and what it wrote
 */
export function runCommand(command: string, args: string[], options: CommandOptions) {
  return new Promise<{ ok: boolean; output: string }>((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options.user,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has just ended by itself.
      }
    };
    const timer = setTimeout(() => {
      output += `\n${basename(command)} took longer than ${Math.round(options.limit / 1000)} s and was ended.`;
      end();
    }, options.limit);
    options.signal?.addEventListener('abort', end, { once: true });
    const finish = (ok: boolean, text: string) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', end);
      resolve({ ok, output: text.trim() });
    };
    child.once('error', (error) => finish(false, error.message));
    child.once('close', (code) => finish(code === 0, output));
  });
}
