import React from 'react';
import { locationService } from '@grafana/runtime';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { open, serve, view, type Reply } from '../testing/server';
import MetricsPage from './MetricsPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
}));

const many = Array.from({ length: 60 }, (_, index) => `figure_${index}`);
const meta = { views: [view('revenue', ['mrr', 'arpa'], ['state']), view('labs', many, [])] };
const sql = 'SELECT sum("s".mrr) "revenue__mrr" FROM (select * from subscriptions) AS "s"';

function model(statement: Reply = { body: { sql } }) {
  return serve((asked) => (asked.path === 'meta' ? { body: meta } : asked.path === 'sql' ? statement : undefined));
}

test('every figure, in pages; a search and a view narrow them and live in the address', async () => {
  model();
  open(<MetricsPage />);
  expect(await screen.findByRole('button', { name: 'mrr' })).toBeVisible();
  expect(screen.getAllByRole('row')).toHaveLength(26);
  await userEvent.type(screen.getByLabelText('Search titles and definitions'), 'figure_59');
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
  expect(locationService.getLocation().search).toBe('?search=figure_59');
  await userEvent.type(screen.getByLabelText('Search titles and definitions'), '9');
  expect(await screen.findByText('Nothing has such a name or definition')).toBeVisible();
});

test('a figure with its definition, formula, tables and SQL', async () => {
  const asked = model();
  open(<MetricsPage />, '?metric=revenue.mrr');
  const drawer = within(await screen.findByRole('dialog'));
  expect(drawer.getByText('About mrr.')).toBeVisible();
  expect(await drawer.findByText('sum("s".mrr)')).toBeVisible();
  expect(drawer.getByText('table subscriptions')).toBeVisible();
  expect(drawer.getByText(sql)).toBeVisible();
  expect(asked.find(({ path }) => path === 'sql')?.body).toMatchObject({
    query: { view: 'revenue', measures: ['revenue.mrr'] },
  });
});

test('a role without SQL keeps the definition; a failure says why', async () => {
  model({ status: 403, body: { message: 'closed' } });
  const first = open(<MetricsPage />, '?metric=revenue.mrr', 'Viewer');
  expect(await screen.findByText('Formula, tables and SQL are not shown to your role.')).toBeVisible();
  expect(within(screen.getByRole('dialog')).getByText('About mrr.')).toBeVisible();
  first.unmount();
  model({ status: 502, body: { message: 'Cube failed (500).' } });
  open(<MetricsPage />, '?metric=revenue.mrr');
  expect(await screen.findByText('Cube failed (500).')).toBeVisible();
});
