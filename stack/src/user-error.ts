/** A problem that the user can do something about: its message says what is wrong and what to do. */
export class UserError extends Error {
  override name = 'UserError';
}

/** The code of a system or Postgres error, such as `EACCES` or `28P01`. */
export function errorCode(error: unknown): string | undefined {
  const coded = typeof error === 'object' && error !== null && 'code' in error;
  return coded && typeof error.code === 'string' ? error.code : undefined;
}

const DISK_FULL = /no space left on device/i;

/** Words for an error as a user meets it, without a stack trace where the cause is known. */
export function explain(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === '53100' || DISK_FULL.test(message)) {
    return `The disk is full: ${message}. Free some space, or set FUA_DATA_DIR to a folder on another disk.`;
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `No permission: ${message}. Run as the folder's owner, or set FUA_DATA_DIR to a folder of yours.`;
  }
  return error instanceof Error ? (error.stack ?? message) : message;
}
