/** The code of an error: SQLSTATE of the database, or a name such as ECONNREFUSED of the system. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the database refused a value or a row: SQLSTATE classes 22 and 23. */
export function isAboutData(error: unknown): boolean {
  return /^2[23]...$/.test(errorCode(error) ?? '');
}
