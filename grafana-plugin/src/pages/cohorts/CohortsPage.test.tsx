import React from 'react';
import { locationService } from '@grafana/runtime';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { open, rows, serve, view, viewOf, type Asked, type Reply } from '../testing/server';
import CohortsPage from './CohortsPage';
import type { SavedCohort } from './saved';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
  PanelRenderer: jest.requireActual('../testing/PanelRenderer').PanelRenderer,
}));

const measures = ['cohort_size', 'paying', 'retention_rate', 'retention_low', 'retention_high', 'revenue_retention'];
const dimensions = ['cohort_month', 'period', 'is_mature', 'payer_type', 'state'];
const meta = {
  views: [view('cohorts_paying', measures, dimensions), view('cohorts_by_sign_up', measures, dimensions)],
};

const ohio: SavedCohort = {
  id: '7f000000-0000-0000-0000-000000000001',
  name: 'Ohio',
  description: 'Pilot state',
  kind: 'paying',
  filters: [{ member: 'cohorts_paying.state', operator: 'equals', values: ['OH'] }],
  createdAt: '2026-11-01T00:00:00Z',
  createdBy: 'mia',
  updatedAt: null,
  updatedBy: null,
  version: 4,
};
const beyond: SavedCohort = {
  ...ohio,
  id: '7f000000-0000-0000-0000-000000000002',
  name: 'First quarter',
  description: null,
  filters: [{ member: 'cohorts_paying.cohort_month', operator: 'inDateRange', values: ['2025-01-01', '2025-03-31'] }],
};

interface Query {
  dimensions: string[];
  filters: Array<{ member: string; values: string[] }>;
}
const queryOf = ({ body }: Asked) => (body as { queries: Query[] }).queries[0]!;

interface Store {
  cohorts?: SavedCohort[];
  mayWrite?: boolean;
  write?: (asked: Asked) => Reply;
}

function company({ cohorts = [ohio], mayWrite = true, write }: Store = {}, cells?: Reply) {
  return serve((asked) => {
    if (asked.path === 'meta') {
      return { body: meta };
    }
    if (asked.path.startsWith('services/cohorts')) {
      return asked.method === 'GET' ? { body: { cohorts, mayWrite } } : write?.(asked);
    }
    if (viewOf(asked) === undefined) {
      return undefined;
    }
    const { dimensions: asks, filters } = queryOf(asked);
    if (asks.length === 1 && asks[0]?.endsWith('.period')) {
      const inOhio = filters.some(({ values }) => values.includes('OH'));
      return rows({ period: [1, 3], cohort_size: inOhio ? [70, 70] : [80, 80], paying: inOhio ? [66, 56] : [70, 48] });
    }
    if (asks.length === 1) {
      return rows({ [asks[0]!.split('.')[1]!]: ['OH', 'TX'] });
    }
    return cells ?? rows({ period: [0, 1], is_mature: [true, true], cohort_size: [5, 5] });
  });
}

test('the cohorts of everybody in the real panel', async () => {
  const asked = company();
  open(<CohortsPage />);
  expect(await screen.findByText('fairunderwriting-cohort-panel with 2 rows')).toBeVisible();
  const cells = asked.find((one) => viewOf(one) !== undefined && queryOf(one).dimensions.length === 2)!;
  expect(queryOf(cells)).toMatchObject({ view: 'cohorts_paying', filters: [] });
});

test('criteria are chosen from the values that there are, and go into the address and the question', async () => {
  const asked = company();
  open(<CohortsPage />);
  await userEvent.type(await screen.findByLabelText('state'), 'TX{ArrowDown}{Enter}');
  await waitFor(() => expect(locationService.getSearch().get('a')).toBe('{"state":["TX"]}'));
  await waitFor(() =>
    expect(asked.some((one) => viewOf(one) && queryOf(one).filters[0]?.member === 'cohorts_paying.state')).toBe(true)
  );
});

test('two groups side by side, with the interval of their difference', async () => {
  company();
  const groups = new URLSearchParams({ show: 'compare', a: '{"state":["OH"]}', b: '{"state":["TX"]}' });
  open(<CohortsPage />, `?${groups.toString()}`);
  const table = within(await screen.findByRole('table', { name: /Share still there/ }));
  const third = within(table.getByRole('row', { name: /^3/ }));
  // Newcombe (1998), table II, example (a).
  expect(third.getByText('80.0% (69.2% – 87.7%), 56 / 70')).toBeVisible();
  expect(third.getByText('60.0% (49.0% – 70.0%), 48 / 80')).toBeVisible();
  expect(third.getByText('+20.0 (+5.2 – +33.4), clear')).toBeVisible();
});

test('groups that may share customers have no interval', async () => {
  company();
  open(<CohortsPage />, `?${new URLSearchParams({ show: 'compare', a: '{"state":["OH"]}' }).toString()}`);
  expect(await screen.findByText(/may share customers/)).toBeVisible();
});

test('a group is saved under a name', async () => {
  const asked = company({ write: () => ({ status: 201, body: ohio }) });
  open(<CohortsPage />, `?${new URLSearchParams({ a: '{"state":["OH"]}' }).toString()}`);
  await userEvent.type(await screen.findByLabelText('Name'), ' Ohio ');
  await userEvent.click(screen.getByRole('button', { name: 'Save group A' }));
  await waitFor(() => expect(locationService.getSearch().get('saved')).toBe(ohio.id));
  expect(asked.find(({ method, path }) => method === 'POST' && path === 'services/cohorts')?.body).toEqual({
    name: 'Ohio',
    description: null,
    kind: 'paying',
    filters: ohio.filters,
  });
});

test('a saved group is used, replaced by its version, and a conflict is told', async () => {
  const asked = company({
    write: () => ({ status: 409, body: { error: '"Ohio" has been changed by otto in the meantime: load it again.' } }),
  });
  open(<CohortsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Use Ohio as group A' }));
  expect(locationService.getSearch().get('a')).toBe('{"state":["OH"]}');
  await userEvent.click(await screen.findByRole('button', { name: 'Replace "Ohio"' }));
  expect(await screen.findByText(/changed by otto/)).toBeVisible();
  expect(asked.find(({ method }) => method === 'PUT')).toMatchObject({
    path: `services/cohorts/${ohio.id}`,
    body: { name: 'Ohio', version: 4 },
  });
});

test('a saved group is deleted after a second click', async () => {
  let cohorts = [ohio];
  const asked = serve((one) => {
    if (one.method === 'DELETE') {
      cohorts = [];
      return { status: 204 };
    }
    if (one.path === 'services/cohorts') {
      return { body: { cohorts, mayWrite: true } };
    }
    return one.path === 'meta' ? { body: meta } : rows({ period: [0], cohort_size: [1] });
  });
  open(<CohortsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  await userEvent.click((await screen.findAllByRole('button', { name: 'Delete' })).at(-1)!);
  expect(await screen.findByText('No cohort is saved yet.')).toBeVisible();
  expect(asked.find(({ method }) => method === 'DELETE')?.path).toBe(`services/cohorts/${ohio.id}`);
});

test('whoever may not save sees what is saved, and no way to change it', async () => {
  company({ cohorts: [ohio, beyond], mayWrite: false });
  open(<CohortsPage />, '', 'Viewer');
  expect(await screen.findByText('Pilot state')).toBeVisible();
  expect(screen.getByText('cohort month inDateRange 2025-01-01, 2025-03-31')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Use First quarter as group A' })).toHaveAttribute('aria-disabled', 'true');
  expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Save group A' })).not.toBeInTheDocument();
});

test('nobody meets the criteria; the store is off; no view at all', async () => {
  company({}, { body: { results: { A: { status: 200, frames: [] } } } });
  const first = open(<CohortsPage />);
  expect(await screen.findByText('No customer meets these criteria')).toBeVisible();
  first.unmount();

  serve((asked) =>
    asked.path === 'meta'
      ? { body: meta }
      : asked.path.startsWith('services/')
        ? { status: 501, body: { message: 'Saving cohorts is not configured.' } }
        : rows({ period: [0], cohort_size: [1] })
  );
  const second = open(<CohortsPage />);
  expect(await screen.findByText('Saving cohorts is not configured.')).toBeVisible();
  expect(await screen.findByText(/fairunderwriting-cohort-panel/)).toBeVisible();
  second.unmount();

  serve((asked) => (asked.path === 'meta' ? { body: { views: [] } } : { body: { cohorts: [], mayWrite: false } }));
  open(<CohortsPage />);
  expect(await screen.findByText('Your role sees no cohorts')).toBeVisible();
});
