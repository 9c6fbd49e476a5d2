import { LocalCacheDriver } from '@cubejs-backend/query-orchestrator';

/** One entry of Cube's memory cache; all of its drivers share one store. */
export interface CacheEntry {
  value: unknown;
  /** When it expires, in milliseconds since 1970. */
  exp: number;
}

type Store = Record<string, CacheEntry>;

const interval = 15_000;
const sizes = new WeakMap<object, number>();

/**
 * Cube forgets an expired answer only when the same question is asked again, and keeps the others for a day.
 * Removes what has expired and, beyond the given size, the oldest answers.
 * @param mostBytes size of the answers that may stay
 * @returns stops the sweeping
 */
export function sweepQueryCache(mostBytes: number): () => void {
  const { store } = new LocalCacheDriver() as unknown as { store: Store };
  const timer = setInterval(() => sweep(store, Date.now(), mostBytes), interval);
  timer.unref();
  return () => clearInterval(timer);
}

/** One pass; the store keeps its entries in the order in which they were first written. */
export function sweep(store: Store, now: number, mostBytes: number): void {
  let total = 0;
  for (const [key, entry] of Object.entries(store).reverse()) {
    // Locks hold a number, and must stay until they are released or expire.
    const size = typeof entry.value === 'object' && entry.value !== null ? sizeOf(entry.value) : 0;
    total += size;
    if (entry.exp < now || (size > 0 && total > mostBytes)) Reflect.deleteProperty(store, key);
  }
}

function sizeOf(value: object): number {
  let size = sizes.get(value);
  if (size === undefined) {
    size = JSON.stringify(value).length;
    sizes.set(value, size);
  }
  return size;
}
