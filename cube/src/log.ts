/** Events of Cube that an operator needs besides errors and warnings. */
const worthTelling = new Set([
  'Compiling schema completed',
  'Refresh Scheduler Interval',
  'Cube listening',
  'Cube stopped',
]);

/**
 * Writes one JSON line per error, warning or notable event. Only these fields are ever written: queries hold people's
 * data, and Cube's own events hold tokens.
 */
export function logEvent(message: string, fields: Record<string, unknown> = {}): void {
  const { error, warning } = fields;
  if (error === undefined && warning === undefined && !worthTelling.has(message)) return;
  const line = {
    time: new Date().toISOString(),
    level: error === undefined ? (warning === undefined ? 'info' : 'warning') : 'error',
    message,
    error: text(error),
    warning: text(warning),
    errorId: fields['errorId'],
    requestId: fields['requestId'],
    duration: fields['duration'],
    port: fields['port'],
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Cube passes stacks as text; their first line says it. */
function text(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return value instanceof Error
    ? (value.stack ?? value.message)
    : (typeof value === 'string' ? value : JSON.stringify(value)).split('\n', 1)[0];
}
