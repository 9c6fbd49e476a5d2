/** @returns what ran gave, and the milliseconds that it took */
export async function timed<T>(run: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await run();
  return { result, ms: performance.now() - started };
}

/** @returns the milliseconds that it took */
export async function time(run: () => Promise<unknown>): Promise<number> {
  return (await timed(run)).ms;
}

/** The middle value, the upper one of two; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
