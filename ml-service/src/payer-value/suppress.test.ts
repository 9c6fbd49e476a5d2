import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Cell, suppressedCells } from './suppress.ts';

const leaf = (count: number): Cell => ({ count, parts: [] });
const total = (...parts: Cell[]): Cell => ({ count: parts.reduce((sum, { count }) => sum + count, 0), parts });

function cellsOf(cell: Cell): Cell[] {
  return [cell, ...cell.parts.flatMap(cellsOf)];
}

/** Which counts of a one-level table are not shown. */
function hiddenOf(...counts: number[]): number[] {
  const root = total(...counts.map(leaf));
  const hidden = suppressedCells(root);
  return cellsOf(root)
    .filter((cell) => hidden.has(cell))
    .map(({ count }) => count);
}

describe('counts that are not shown', () => {
  test('are 1 to 10; 0 and 11 are shown where they give nothing away', () => {
    expect(hiddenOf(0, 11, 40)).toEqual([]);
    expect(hiddenOf(6, 7, 0, 40)).toEqual([6, 7]);
  });

  test('take the smallest other one with them, so that the total does not tell them', () => {
    expect(hiddenOf(3, 25, 40)).toEqual([3, 25]);
    expect(hiddenOf(10, 25, 25)).toEqual([10, 25]);
  });

  test('come to more than 10 together, as those together would be a small count of their own', () => {
    expect(hiddenOf(2, 3, 25, 40)).toEqual([2, 3, 25]);
  });

  test('take the total with them where nothing else is left', () => {
    expect(hiddenOf(3, 0)).toEqual([3, 3]);
    expect(hiddenOf(4, 5)).toEqual([9, 4, 5]);
  });

  test('take a part with a total that is hidden for another reason', () => {
    const part = total(leaf(20), leaf(30));
    const root = total(part, leaf(40), leaf(50));
    const hidden = suppressedCells(root, (cell) => cell === part);
    expect(
      cellsOf(root)
        .filter((cell) => hidden.has(cell))
        .map(({ count }) => count),
    ).toEqual([50, 20, 40]);
  });

  test('take the whole with them rather than most of what it is made of', () => {
    expect(hiddenOf(3, 20, 100, 5, 2)).toEqual([3, 20, 5, 2]);
    expect(hiddenOf(3, 100)).toEqual([103, 3]);
    const root = total(total(leaf(3), leaf(100)), leaf(40), leaf(60));
    const hidden = suppressedCells(root);
    expect(
      cellsOf(root)
        .filter((cell) => hidden.has(cell))
        .map(({ count }) => count),
    ).toEqual([3, 100]);
  });

  test('a total that is hidden hides a part of it, and one beside it', () => {
    const root = total(total(leaf(4), leaf(5)), total(leaf(14), leaf(16)), total(leaf(50), leaf(60)));
    const hidden = suppressedCells(root);
    expect(cellsOf(root).map((cell) => [cell.count, hidden.has(cell)])).toEqual([
      [149, false],
      [9, true],
      [4, true],
      [5, true],
      [30, true],
      [14, true],
      [16, false],
      [110, false],
      [50, false],
      [60, false],
    ]);
  });
});

/**
 * Every table that would show the same: all ways to fill the hidden leaves so that every shown count stands. What only one
 * number can stand for is given away.
 */
function readings(root: Cell, hidden: ReadonlySet<Cell>, fewest: number): Map<Cell, Set<number>> {
  const found = new Map(cellsOf(root).map((cell) => [cell, new Set<number>()]));
  const most = root.count + 3;
  const fill = (cell: Cell): Map<Cell, number>[] => {
    const isShown = !hidden.has(cell);
    if (cell.parts.length === 0) {
      if (isShown) return [new Map([[cell, cell.count]])];
      return Array.from({ length: most - fewest + 1 }, (_, i) => new Map([[cell, fewest + i]]));
    }
    let ways: { sum: number; filled: Map<Cell, number> }[] = [{ sum: 0, filled: new Map() }];
    for (const part of cell.parts) {
      const options = fill(part);
      ways = ways.flatMap(({ sum, filled }) =>
        options
          .map((option) => ({ sum: sum + (option.get(part) ?? 0), filled: new Map([...filled, ...option]) }))
          .filter((way) => way.sum <= (isShown ? cell.count : most)),
      );
    }
    return ways
      .filter(({ sum }) => !isShown || sum === cell.count)
      .map(({ sum, filled }) => new Map([...filled, [cell, sum]]));
  };
  for (const way of fill(root)) for (const [cell, count] of way) found.get(cell)?.add(count);
  return found;
}

describe('by brute force over all tables that would look the same', () => {
  // Small ones, near the limit and apart: 2 to 5 leaves in one or two levels.
  const count = fc.constantFrom(0, 0, 1, 2, 3, 5, 10, 11, 12, 13);
  const branch = fc.array(count, { minLength: 1, maxLength: 2 }).map((counts) => total(...counts.map(leaf)));
  const table = fc.array(branch, { minLength: 1, maxLength: 3 }).map((branches) => total(...branches));

  test.each([0, 1])('no hidden count follows from what is shown, were hidden ones %i at least', (fewest) => {
    fc.assert(
      fc.property(table, (root) => {
        const hidden = suppressedCells(root);
        // Whoever takes hidden ones for 1 or more may be wrong about a 0 that hides another.
        fc.pre(fewest === 0 || cellsOf(root).every((cell) => !hidden.has(cell) || cell.count > 0));
        const possible = readings(root, hidden, fewest);
        for (const cell of cellsOf(root)) {
          if (cell.count >= 1 && cell.count <= 10) expect(hidden.has(cell)).toBe(true);
          if (hidden.has(cell)) expect(possible.get(cell)?.size).toBeGreaterThan(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what is hidden inside a shown total is never 1 to 10 together', () => {
    fc.assert(
      fc.property(table, (root) => {
        const hidden = suppressedCells(root);
        const shownWithin = (cell: Cell): number =>
          hidden.has(cell) ? cell.parts.reduce((sum, part) => sum + shownWithin(part), 0) : cell.count;
        for (const cell of cellsOf(root).filter((one) => !hidden.has(one) && one.parts.length > 0)) {
          const rest = cell.count - cell.parts.reduce((sum, part) => sum + shownWithin(part), 0);
          expect(rest === 0 || rest > 10).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the same holds of counts among people who are hidden for another reason', () => {
    fc.assert(
      fc.property(table, fc.infiniteStream(fc.boolean()), (root, picks) => {
        const picked = new Set(cellsOf(root).filter(() => picks.next().value));
        const hidden = suppressedCells(root, (cell) => picked.has(cell));
        const possible = readings(root, hidden, 0);
        for (const cell of hidden) expect(possible.get(cell)?.size).toBeGreaterThan(1);
      }),
      { numRuns: 40 },
    );
  });
});
