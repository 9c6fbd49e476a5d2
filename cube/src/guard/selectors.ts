import type { Member } from './catalogue.ts';
import { clip, invalid } from './errors.ts';
import { conditionsOf, type FilterValue, type PlainQuery } from './query.ts';

const dateOperators = ['inDateRange', 'onTheDate', 'beforeDate', 'beforeOrOnDate'];

/**
 * A selector (the as-of day, the lookback of attribution) decides what is computed. Anything but one plain choice would be
 * answered for another choice than the caller thinks, so it is refused.
 * @throws RefusedError 400 saying how to choose
 */
export function checkSelectors(query: PlainQuery, find: (name: string) => Member): void {
  const { filters = [], timeDimensions = [] } = query;
  const choices = timeDimensions.filter(({ dateRange }) => dateRange !== undefined).map(({ dimension }) => dimension);
  for (const filter of filters) {
    for (const { member, operator, values = [] } of conditionsOf([filter])) {
      const { isSelector, type, choices: possible } = find(member);
      if (!isSelector) continue;
      if ('or' in filter) invalid(`${member} chooses what is computed: filter it by itself, not inside "or".`);
      if (type === 'time' && !dateOperators.includes(operator)) {
        invalid(`${member} is chosen by a dateRange, or a filter ${dateOperators.join(', ')}; not by "${operator}".`);
      }
      if (type !== 'time' && !(['equals', 'in'].includes(operator) && values.length === 1 && values[0] !== null)) {
        invalid(`${member} is chosen by a filter "equals" with one value; ask once for each value.`);
      }
      // A number may be written in several ways: 7, "7", "7.0".
      const isPossible = possible?.some((choice) => values.some((value) => isSame(choice, value))) ?? true;
      if (!isPossible) {
        invalid(`${member} cannot be "${clip(String(values[0]))}". Choose one of: ${possible?.join(', ') ?? ''}.`);
      }
      choices.push(member);
    }
  }
  const twice = choices.find((member, place) => find(member).isSelector && choices.indexOf(member) !== place);
  if (twice !== undefined) invalid(`${twice} is chosen twice: choose once.`);
}

function isSame(choice: string | number, value: FilterValue): boolean {
  return typeof choice === 'number' ? Number(value) === choice : value === choice;
}
