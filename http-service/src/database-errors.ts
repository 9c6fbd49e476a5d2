const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
]);

/** Postgres: no room for another connection, shutting down, crashed, starting up. */
const serverCodes = new Set(['53300', '57P01', '57P02', '57P03']);

/** What the driver says without any code. */
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error of the driver says that the database is away, so that the same request may succeed later. */
export function isConnectionFailure(error: unknown): boolean {
  // Told by its members: errors of the network arise outside of the realm that tests run in.
  if (typeof error !== 'object' || error === null) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isConnectionFailure);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return networkCodes.has(code) || serverCodes.has(code) || code.startsWith('08') || driverMessages.test(message);
}
