import React from 'react';
import { render, screen } from '@testing-library/react';
import type { CubeDataSource } from './datasource';
import type { Meta } from './meta';
import { emptyQuery, type CubeQuery } from './query';
import { QueryEditor } from './QueryEditor';

const meta: Meta = {
  views: [
    {
      name: 'revenue',
      title: 'Recurring revenue',
      measures: [{ name: 'revenue.mrr', title: 'Recurring revenue MRR', shortTitle: 'Monthly revenue' }],
      dimensions: [{ name: 'revenue.state', title: 'State', shortTitle: 'State', type: 'string' }],
      segments: [],
    },
  ],
};

function show(getMeta: () => Promise<Meta>, part: Partial<CubeQuery> = {}) {
  const datasource = { getMeta } as unknown as CubeDataSource;
  const query: CubeQuery = { ...emptyQuery, refId: 'A', view: 'revenue', measures: ['revenue.mrr'], ...part };
  render(<QueryEditor datasource={datasource} query={query} onChange={jest.fn()} onRunQuery={jest.fn()} />);
}

test('shows titles, not technical names', async () => {
  show(() => Promise.resolve(meta));
  expect(await screen.findByText('Recurring revenue')).toBeInTheDocument();
  expect(screen.getByText('Monthly revenue')).toBeInTheDocument();
});

test('keeps members that the model does not offer, and groups of filters', async () => {
  show(() => Promise.resolve(meta), {
    measures: ['revenue.gone'],
    filters: [{ or: [{ member: 'revenue.state', operator: 'set' }] }],
  });
  expect(await screen.findByText('Recurring revenue')).toBeInTheDocument();
  expect(screen.getByText('revenue.gone')).toBeInTheDocument();
  expect(screen.getByDisplayValue(/revenue\.state/)).toBeInTheDocument();
});

test('says why the model cannot be read', async () => {
  show(() => Promise.reject({ data: { message: 'Nothing answers at cube:4000' } }));
  expect(await screen.findByText('Nothing answers at cube:4000')).toBeInTheDocument();
});
