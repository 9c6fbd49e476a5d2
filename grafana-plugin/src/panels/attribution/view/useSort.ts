import { useMemo } from 'react';
import type { SortDirection } from '../options';
import { useOverride } from './useOverride';

export interface Sort {
  by: string;
  direction: SortDirection;
}

/** The order of a table: as the options say until a header is pressed, and again when the options change. */
export function useSort(by: string, direction: SortDirection): [Sort, (column: string, first: SortDirection) => void] {
  const [sort, setSort] = useOverride<Sort>(useMemo(() => ({ by, direction }), [by, direction]));
  const turned = sort.direction === 'asc' ? 'desc' : 'asc';
  return [sort, (column, first) => setSort({ by: column, direction: sort.by === column ? turned : first })];
}
