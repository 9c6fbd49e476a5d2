import type { CSSProperties } from 'react';

export interface CellAttributes {
  'aria-colindex': number;
  tabIndex?: 0;
}

/** Where a cell is in the whole table, of which only a part is drawn, and whether Tab leads to it. */
export function cellAttributes(column: number, current: number | undefined): CellAttributes {
  return current === column ? { 'aria-colindex': column + 1, tabIndex: 0 } : { 'aria-colindex': column + 1 };
}

interface Frozen {
  style?: CSSProperties;
  'data-frozen'?: true;
}

/**
 * Attributes of a cell that stays in place while the others scroll.
 * @param left pixels of the columns before it
 */
export function frozenCell(column: number, frozen: number, left: number): Frozen {
  return column < frozen ? { style: { position: 'sticky', left }, 'data-frozen': true } : {};
}
