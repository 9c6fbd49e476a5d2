import React from 'react';
import { screen, within } from '@testing-library/react';
import { open, rows, serve, view, viewOf, type Asked, type Reply } from '../testing/server';
import { freshness } from './findings';
import HomePage from './HomePage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
}));

const asOf = Date.parse('2026-11-22T23:59:59Z');
const meta = { views: [view('revenue', ['mrr'], ['as_of'])] };
const months = Array.from({ length: 13 }, (_, index) => index);

/** Everything as it should be, unless a view answers otherwise. */
function company(answers: Record<string, Reply> = {}, alerts: object[] = []) {
  return serve((asked: Asked) => {
    const name = viewOf(asked);
    if (name !== undefined && answers[name]) {
      return answers[name];
    }
    if (asked.path === 'meta') {
      return { body: meta };
    }
    if (asked.path.startsWith('services/alerts/')) {
      return { body: { alerts, nextCursor: null } };
    }
    const usual: Record<string, Reply> = {
      lab_sla: rows(
        { lab_name: ['North'], sla_compliance: [0.99], sla_target: [0.95], sla_breach: [false], tests_overdue: [0] },
        { sla_compliance: 'percentunit', sla_target: 'percentunit' }
      ),
      churn_risk: rows(
        { risk_level: ['low'], scored_customers: [9], mrr_at_risk: [0], mrr: [900] },
        { mrr: 'currencyUSD' }
      ),
      mrr_movements: rows({
        month: months,
        mrr_new: months.map((index) => 100 + (index % 3)),
        mrr_expansion: months.map(() => 5),
        mrr_contraction: months.map(() => 5),
        mrr_churn: months.map((index) => 20 + (index % 2)),
        subscriber_churn_rate: months.map(() => null),
      }),
      revenue: rows({ as_of: [asOf] }),
    };
    return name === undefined ? undefined : usual[name];
  });
}

const card = async (name: string) => {
  const region = within(await screen.findByRole('region', { name }));
  await region.findByRole('link');
  return region;
};

test('a quiet day: every topic with its figure, its target and a link', async () => {
  company();
  open(<HomePage />);
  const alerts = await card('Open alerts');
  expect(alerts.getByText('0')).toBeVisible();
  expect(alerts.getByText('Fine')).toBeVisible();
  expect(alerts.getByRole('link')).toHaveAttribute('href', '/a/fairunderwriting-analytics-app/alerts?status=open');
  expect((await card('Labs in breach of contract')).getByText('0 of 1 labs')).toBeVisible();
  expect((await card('Unusual movements')).getByText('0 of 5 figures')).toBeVisible();
  const risk = await card('Revenue at risk');
  expect(risk.getByText('Of $900 monthly recurring revenue with a prediction')).toBeVisible();
});

test('a bad day: what is wrong is named', async () => {
  company(
    {
      lab_sla: rows(
        {
          lab_name: ['North', 'South'],
          sla_compliance: [0.71, 0.99],
          sla_target: [0.95, 0.95],
          sla_breach: [true, false],
          tests_overdue: [4, 1],
        },
        { sla_compliance: 'percentunit', sla_target: 'percentunit' }
      ),
      churn_risk: rows(
        { risk_level: ['critical', 'low'], scored_customers: [3, 9], mrr_at_risk: [150, 0], mrr: [150, 900] },
        { mrr_at_risk: 'currencyUSD', mrr: 'currencyUSD' }
      ),
      // Newest first, as asked for.
      mrr_movements: rows({
        month: months,
        mrr_new: [10, ...months.slice(1).map((index) => 100 + (index % 3))],
        mrr_expansion: months.map(() => 5),
        mrr_contraction: months.map(() => 5),
        mrr_churn: months.map(() => 20),
        subscriber_churn_rate: months.map(() => null),
      }),
    },
    [{ id: 'a', title: 'Lab is late', severity: 'critical' }]
  );
  open(<HomePage />);
  expect((await card('Open alerts')).getByText('Lab is late')).toBeVisible();
  const labs = await card('Labs in breach of contract');
  expect(labs.getByText('1 of 2 labs')).toBeVisible();
  expect(labs.getByText('North: 71% on time, contract 95%')).toBeVisible();
  expect(labs.getByText(/5 tests are overdue/)).toBeVisible();
  const risk = await card('Revenue at risk');
  expect(risk.getByText('$150')).toBeVisible();
  expect(risk.getByText('3 customers at critical risk')).toBeVisible();
  expect((await card('Unusual movements')).getByText('mrr_new: 10, usually 101')).toBeVisible();
  expect(screen.getAllByText('Needs attention').length).toBeGreaterThanOrEqual(4);
});

test('an empty database: nothing is called fine that is not known', async () => {
  const nothing = { body: { results: { A: { status: 200, frames: [] } } } };
  company({ lab_sla: nothing, churn_risk: nothing, mrr_movements: nothing, revenue: nothing });
  open(<HomePage />);
  for (const name of ['Labs in breach of contract', 'Revenue at risk', 'Unusual movements', 'Figures as of']) {
    expect((await card(name)).getByText('Not known yet')).toBeVisible();
  }
});

test('viewers, who have no Explore, are led to what the figures mean', async () => {
  company();
  const first = open(<HomePage />);
  const name = 'Labs in breach of contract';
  expect((await card(name)).getByRole('link')).toHaveAttribute('href', expect.stringMatching(/^\/explore\?.*lab_sla/));
  first.unmount();
  open(<HomePage />, '', 'Viewer');
  const page = '/a/fairunderwriting-analytics-app/metrics?view=lab_sla';
  expect((await card(name)).getByRole('link')).toHaveAttribute('href', page);
});

test('one topic that fails leaves the others alone', async () => {
  company({ lab_sla: { status: 403, body: { message: 'Your role sees no labs.' } } });
  open(<HomePage />);
  expect(await screen.findByText('Your role sees no labs.')).toBeVisible();
  expect((await card('Open alerts')).getByText('0')).toBeVisible();
});

test('figures are stale after two days', async () => {
  company();
  const hour = 3_600_000;
  expect(await freshness('cube', asOf + 47 * hour)).toMatchObject({ status: 'fine', details: [] });
  expect(await freshness('cube', asOf + 73 * hour)).toMatchObject({
    status: 'attention',
    details: ['The newest figures are 3 days old'],
  });
});
