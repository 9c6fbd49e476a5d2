import { useCallback, useSyncExternalStore } from 'react';
import { locationService } from '@grafana/runtime';

const subscribe = (changed: () => void) => locationService.getHistory().listen(changed);

/** The path of the address. */
export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => locationService.getLocation().pathname);
}

export type Change = (change: Record<string, string | undefined>, options?: { replace?: boolean }) => void;

/**
 * A page's state lives in its address, so that a link shows what its sender saw.
 * @returns the parameters after the ?, and what changes some of them (undefined or empty removes one)
 */
export function useQueryState(): [URLSearchParams, Change] {
  const search = useSyncExternalStore(subscribe, () => locationService.getLocation().search);
  const change = useCallback<Change>((values, { replace = false } = {}) => {
    const cleaned = Object.entries(values).map(([name, value]) => [name, value === '' ? undefined : value]);
    locationService.partial(Object.fromEntries(cleaned), replace);
  }, []);
  return [new URLSearchParams(search), change];
}

/** The value of a parameter where it is one of the known ones, else the first of them. */
export function oneOf<T extends string>(value: string | null, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === value) ?? known[0];
}
