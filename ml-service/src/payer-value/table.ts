import type { SetSums } from './care-sums.ts';
import { sumSet } from './care-sums.ts';
import { countsOf, type Group, groupsOf } from './cells.ts';
import { type CountName, type Figures, figuresOf } from './figures.ts';
import type { MatchedSet } from './match.ts';
import { type Cell, suppressedCells } from './suppress.ts';
import { type Design, main, placebo } from './windows.ts';

/** A row as it is stored: columns by their names. */
export type Row = Readonly<Record<string, unknown>>;

/** Two rows for each group: all figures for clinical hands, and those that everybody else may see. */
export function rowsOf(root: Group): Row[] {
  const sumsOf = remembered(main);
  const placeboSumsOf = remembered(placebo);
  const groups = [...groupsOf(root)];
  const figures = new Map(groups.map((group) => [group, figuresOf(group, sumsOf, placeboSumsOf)]));
  const suppressed = suppressions(root, figures);
  return groups.flatMap((group, position) => {
    const { columns } = figures.get(group) as Figures;
    const hidden = suppressed.get(group) ?? new Set<CountName>();
    const shown = Object.entries(columns).map(([name, { value, of }]) => [
      name,
      of.some((count) => hidden.has(count)) ? null : value,
    ]);
    const place = {
      position,
      level: group.level,
      payer_id: group.payer?.id ?? null,
      contract_id: group.contract,
      quarter: group.quarter,
      revenue_share: group.level === 'payer' ? (group.payer?.revenueShare ?? null) : null,
    };
    const all = Object.entries(columns).map(([name, { value }]) => [name, value]);
    return [
      { ...place, is_full: true, suppressed: [], ...(Object.fromEntries(all) as Row) },
      { ...place, is_full: false, suppressed: [...hidden], ...(Object.fromEntries(shown) as Row) },
    ];
  });
}

/** The counts that are not shown of each group. Where the patients are not, nothing that is counted among them is. */
function suppressions(root: Group, figures: ReadonlyMap<Group, Figures>): Map<Group, Set<CountName>> {
  const found = new Map<Group, Set<CountName>>();
  const suppress = (name: CountName, isHidden: (group: Group) => boolean) => {
    const cells = new Map<Group, Cell>();
    const tree = countsOf(root, (group) => figures.get(group)?.counts[name] ?? 0, cells);
    const groupOf = new Map([...cells].map(([group, cell]) => [cell, group]));
    for (const cell of suppressedCells(tree, (one) => isHidden(groupOf.get(one) as Group))) {
      const group = groupOf.get(cell) as Group;
      found.set(group, (found.get(group) ?? new Set<CountName>()).add(name));
    }
  };
  suppress('patients', () => false);
  const names = Object.keys(figures.get(root)?.counts ?? {}) as CountName[];
  for (const name of names.filter((one) => one !== 'patients')) {
    const isOfPatients = !independent.has(name);
    suppress(name, (group) => isOfPatients && (found.get(group)?.has('patients') ?? false));
  }
  return found;
}

/** Counts of others than the patients that are compared. */
const independent: ReadonlySet<CountName> = new Set([
  'without_history',
  'without_follow_up',
  'without_matches',
  'placebo_patients',
  'reimbursed_tests',
]);

function remembered(design: Design): (set: MatchedSet) => SetSums {
  const known = new Map<MatchedSet, SetSums>();
  return (set) => {
    const sums = known.get(set) ?? sumSet(set, design);
    known.set(set, sums);
    return sums;
  };
}
