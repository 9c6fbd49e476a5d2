import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

/** A cell of the grid; the header is row -1, the average is the last one. */
export interface Position {
  row: number;
  column: number;
}

export interface GridSize {
  /** Rows from the header, -1, to this one. */
  lastRow: number;
  columns: number;
  /** Rows that a page moves by. */
  page: number;
}

/** Where a key leads; undefined for keys that do not move. */
export function nextPosition(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, column }: Position,
  { lastRow, columns, page }: GridSize
): Position | undefined {
  const far = ctrlKey || metaKey;
  const moved = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: far ? -1 : row, column: 0 },
    End: { row: far ? lastRow : row, column: columns - 1 },
  }[key];
  return (
    moved && {
      row: Math.max(-1, Math.min(lastRow, moved.row)),
      column: Math.max(0, Math.min(columns - 1, moved.column)),
    }
  );
}

interface Navigation {
  current: Position;
  /** Makes a cell the one that Tab leads to, and puts the focus on it. */
  go: (position: Position) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Arrow keys walk over the grid, and Tab enters and leaves it at the current cell.
 * @param reveal scrolls a cell into view, so that it is drawn when it gets the focus
 */
export function useGridNavigation(
  table: RefObject<HTMLElement>,
  size: GridSize,
  reveal: (position: Position) => void
): Navigation {
  const [wanted, setWanted] = useState<Position>({ row: 0, column: 0 });
  const current = { row: Math.min(wanted.row, size.lastRow), column: Math.min(wanted.column, size.columns - 1) };
  const moved = useRef(false);
  const go = (position: Position) => {
    moved.current = true;
    setWanted(position);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPosition(event, current, size);
    if (next) {
      event.preventDefault();
      go(next);
      reveal(next);
    }
  };
  useLayoutEffect(() => {
    if (moved.current) {
      moved.current = false;
      table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    }
  }, [current.row, current.column, table]);
  return { current, go, onKeyDown };
}

/** The cell that an event came from, and its position. */
export function cellOf(target: EventTarget): { position: Position; element: HTMLElement } | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[aria-colindex]') : null;
  const row = element?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex');
  return element && row
    ? { position: { row: Number(row) - 2, column: Number(element.getAttribute('aria-colindex')) - 1 }, element }
    : undefined;
}
