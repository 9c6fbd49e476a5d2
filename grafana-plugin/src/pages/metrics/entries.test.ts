import type { Meta } from '../../datasource/meta';
import { choose, entriesOf } from './entries';

const member = (name: string, shortTitle: string, description = '') => ({
  name,
  title: shortTitle,
  shortTitle,
  description,
});
const meta: Meta = {
  views: [
    {
      name: 'revenue',
      title: 'Revenue',
      measures: [member('revenue.arpa', 'ARPA', 'MRR / subscribers'), member('revenue.mrr', 'MRR')],
      dimensions: [member('revenue.state', 'State')],
      segments: [],
    },
    {
      name: 'customers',
      title: 'Customers',
      measures: [member('customers.customers', 'Customers')],
      dimensions: [],
      segments: [],
    },
  ],
};
const names = (choice: Partial<Parameters<typeof choose>[1]>) =>
  choose(entriesOf(meta), { view: '', kind: 'all', text: '', ...choice }).map((entry) => entry.member.name);

test('all entries, those of a view, and those of a kind', () => {
  expect(names({})).toEqual(['revenue.arpa', 'revenue.mrr', 'revenue.state', 'customers.customers']);
  expect(names({ view: 'customers' })).toEqual(['customers.customers']);
  expect(names({ view: 'revenue', kind: 'dimension' })).toEqual(['revenue.state']);
});

test('a search finds titles before descriptions, in any case', () => {
  expect(names({ text: 'mrr' })).toEqual(['revenue.mrr', 'revenue.arpa']);
  expect(names({ text: 'Subscribers  mrr' })).toEqual(['revenue.arpa']);
  expect(names({ text: 'nothing' })).toEqual([]);
});
