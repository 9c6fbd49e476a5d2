import { SettingError } from '../environment.ts';

/** Tells what went wrong on standard error, the usage too when the arguments were wrong, and sets exit code 1. */
export function fail(error: unknown, usage: string): void {
  const message = error instanceof Error ? error.message : String(error);
  process.exitCode = 1;
  console.error(isArgumentError(error) ? `${message}\n\n${usage}` : message);
}

function isArgumentError(error: unknown): boolean {
  if (error instanceof SettingError || !(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error instanceof RangeError || code.startsWith('ERR_PARSE_ARGS');
}
