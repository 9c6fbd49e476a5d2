import type { CSSProperties } from 'react';

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
