import { memberOf, type Catalogue, type Member } from './catalogue.ts';
import { clip, invalid, notAvailable } from './errors.ts';
import { checkCondition } from './operators.ts';
import { conditionsOf, type PlainQuery } from './query.ts';
import { checkSelectors } from './selectors.ts';

const calendar = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

/** Splits `view.member.granularity`. */
function parts(name: string): { member: string; granularity: string | undefined } {
  const [view = '', member = '', granularity] = name.split('.');
  return { member: `${view}.${member}`, granularity };
}

/**
 * Checks every name of the query against what the caller may use.
 * @throws RefusedError 403 for a member that is hidden or unknown, 400 for a use that makes no sense
 */
export function checkMembers(query: PlainQuery, catalogue: Catalogue): void {
  const { measures = [], dimensions = [], segments = [], timeDimensions = [], filters = [] } = query;
  const conditions = [...conditionsOf(filters)];
  const used = [
    ...measures,
    ...dimensions.map((name) => parts(name).member),
    ...segments,
    ...timeDimensions.map(({ dimension }) => dimension),
    ...conditions.map(({ member }) => member),
  ];
  const views = new Set(used.map((name) => name.slice(0, name.indexOf('.'))));
  if (views.size > 1) invalid(`A query uses one view, not ${views.size}: ${clip([...views].join(', '))}.`);

  const find = (name: string): Member => {
    return memberOf(catalogue, name) ?? notAvailable(name);
  };
  // All names first: whether a use is sensible is told only about members that the caller may see.
  used.forEach(find);
  measures.forEach((name) => expectKind(name, find(name), 'measure', 'measures'));
  segments.forEach((name) => expectKind(name, find(name), 'segment', 'segments'));
  for (const name of dimensions) {
    const { member, granularity } = parts(name);
    expectKind(member, find(member), 'dimension', 'dimensions');
    if (granularity !== undefined) expectGranularity(member, find(member), granularity);
  }
  for (const { dimension, granularity } of timeDimensions) {
    expectGranularity(dimension, find(dimension), granularity);
  }
  for (const condition of conditions) {
    if (find(condition.member).kind === 'segment') invalid(`${condition.member} is a segment: list it in segments.`);
    checkCondition(condition, find(condition.member));
  }
  for (const group of filters) {
    const kinds = new Set([...conditionsOf([group])].map(({ member }) => find(member).kind));
    if (kinds.size > 1) invalid('An "or" cannot mix measures and dimensions: measures are known only after grouping.');
  }
  checkSelectors(query, find);
  checkOrder(query);
}

function expectKind(name: string, { kind }: Member, wanted: Member['kind'], field: string): void {
  if (kind !== wanted) invalid(`${name} is a ${kind}; ${field} takes only a ${wanted}.`);
}

function expectGranularity(name: string, member: Member, granularity: string | undefined): void {
  if (member.kind !== 'dimension' || member.type !== 'time') invalid(`${name} is not a time dimension.`);
  const known = [...calendar, ...member.granularities];
  if (granularity !== undefined && !known.includes(granularity)) {
    invalid(`${name} has no granularity "${clip(granularity)}". Known: ${known.join(', ')}.`);
  }
}

/** Cube drops an order by anything that is not selected, without a word. */
function checkOrder({ measures = [], dimensions = [], timeDimensions = [], order = [] }: PlainQuery): void {
  const selected = new Set([
    ...measures,
    ...dimensions.flatMap((name) => [name, parts(name).member]),
    ...timeDimensions.flatMap(({ dimension, granularity }) =>
      granularity === undefined ? [] : [dimension, `${dimension}.${granularity}`],
    ),
  ]);
  const other = order.find(([name]) => !selected.has(name));
  if (other) invalid(`order names "${clip(other[0])}", which the query does not select. Select it or drop it.`);
}
