/** A count of 1 to this many is not shown. */
export const largestSmallCount = 10;

/** A count that is shown beside the counts that add up to it; the leaves have no parts. */
export interface Cell {
  readonly count: number;
  readonly parts: readonly Cell[];
}

/**
 * The cells that may not be shown: counts of 1 to 10, those that are hidden anyway, and as many more as it takes until
 * none of them follows from the rest. The hidden cells inside a shown total are then two or more, and they come to more
 * than 10 together, so that neither their sum nor a limit of it tells of a few.
 */
export function suppressedCells(root: Cell, isHidden: (cell: Cell) => boolean = () => false): ReadonlySet<Cell> {
  const hidden = new Set<Cell>();
  const all = withParts(root);
  for (const cell of all) if (isHidden(cell) || isSmall(cell.count)) hidden.add(cell);
  // Hiding a total concerns the one above it, hiding a part those below: until nothing changes.
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size;
    for (const cell of all) if (cell.parts.length > 0) protect(cell, hidden, cell === root);
  }
  return hidden;
}

function isSmall(count: number): boolean {
  return count >= 1 && count <= largestSmallCount;
}

function withParts(cell: Cell): Cell[] {
  return [...cell.parts.flatMap(withParts), cell];
}

function protect(total: Cell, hidden: Set<Cell>, isWhole: boolean): void {
  if (hidden.has(total)) {
    // Or it could be added up.
    if (!total.parts.some((part) => hidden.has(part))) hide(smallest(total.parts), hidden);
    return;
  }
  while (!isSafe(total, hidden)) {
    const direct = total.parts.filter((part) => hidden.has(part));
    // A second part first; then whatever is smallest, near or far.
    const near = total.parts.filter((part) => !hidden.has(part) && part.count > 0);
    const far = direct.length > 1 ? direct.flatMap((part) => shownInside(part, hidden)) : [];
    const next = [...near, ...far];
    // Rather the whole, which nothing else rests on, than most of what it is made of.
    if (next.length === 0 || (isWhole && smallest(next).count > total.count / 2)) {
      hidden.add(total);
      return;
    }
    hide(smallest(next), hidden);
  }
}

/** Hides a cell, and of each total the smallest part, or it could be added up. */
function hide(cell: Cell, hidden: Set<Cell>): void {
  hidden.add(cell);
  if (cell.parts.length > 0 && !cell.parts.some((part) => hidden.has(part))) hide(smallest(cell.parts), hidden);
}

/** Shown counts above 0 just below hidden ones. */
function shownInside(cell: Cell, hidden: ReadonlySet<Cell>): Cell[] {
  return cell.parts.flatMap((part) => {
    if (hidden.has(part)) return shownInside(part, hidden);
    return part.count > 0 ? [part] : [];
  });
}

function isSafe(total: Cell, hidden: ReadonlySet<Cell>): boolean {
  const direct = total.parts.filter((part) => hidden.has(part));
  if (direct.length === 0) return true;
  const leaves = direct.flatMap((part) => hiddenLeaves(part, hidden));
  const sum = leaves.reduce((all, { count }) => all + count, 0);
  return direct.length > 1 && sum > largestSmallCount && sum > leaves.length;
}

/** What is unknown of a hidden cell: itself, or its hidden parts down to the leaves. */
function hiddenLeaves(cell: Cell, hidden: ReadonlySet<Cell>): Cell[] {
  if (cell.parts.length === 0) return [cell];
  return cell.parts.filter((part) => hidden.has(part)).flatMap((part) => hiddenLeaves(part, hidden));
}

/** The smallest count above 0, the first of equals; the first of all where none is above. */
function smallest(cells: readonly Cell[]): Cell {
  const positive = cells.filter(({ count }) => count > 0);
  return (positive.length > 0 ? positive : cells).reduce((least, cell) => (cell.count < least.count ? cell : least));
}
