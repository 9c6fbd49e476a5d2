import React from 'react';
import { locationService } from '@grafana/runtime';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { open, rows, serve, view, viewOf, type Asked, type Reply } from '../testing/server';
import type { Prediction } from './churn';
import ChurnPage from './ChurnPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
}));

const ofCustomer = ['customer_id', 'risk_level', 'factors', 'intervention', 'predicted_churn_date', 'is_hold_out'];
const measures = ['scored_customers', 'churn_probability', 'mrr', 'expected_mrr_loss'];
const meta = { views: [view('churn_risk', measures, [...ofCustomer, 'plan', 'channel'])] };
const list = rows(
  {
    customer_id: ['c0ffee00-1', 'decade00-2'],
    risk_level: ['critical', 'low'],
    factors: ['No activity for 40 days; 2 open tickets; MZ', ''],
    intervention: ['Personal call', ''],
    predicted_churn_date: ['2027-01-31', ''],
    is_hold_out: [false, true],
    scored_customers: [1, 1],
    churn_probability: [0.91, 0.05],
    mrr: [50, 20],
    expected_mrr_loss: [45.5, 1],
  },
  { mrr: 'currencyUSD', expected_mrr_loss: 'currencyUSD' }
);
const nothing = { body: { results: { A: { status: 200, frames: [] } } } };

const prediction: Prediction = {
  customerId: 'c0ffee00-1',
  asOf: '2026-11-22T23:59:59Z',
  modelVersion: 'churn-1',
  probability: 0.91,
  riskLevel: 'critical',
  factors: [
    {
      feature: 'idle',
      title: 'Idle',
      value: 40,
      contribution: 1.2,
      sentence: 'No activity for 40 days: raises the risk',
    },
    { feature: 'plan', title: 'Plan', value: 'family', contribution: -0.3, sentence: 'Family plan: lowers the risk' },
  ],
  interventions: [
    { type: 'phone_call', title: 'Personal call', message: 'Call them.', expectedImpact: 0.3, basis: 'assumption' },
  ],
  predictedChurnDate: '2027-01-31',
  holdOut: false,
};
const features = [
  {
    name: 'idle',
    title: 'Idle days',
    description: '',
    type: 'number',
    unit: 'days',
    minimum: 0,
    maximum: 365,
    levels: null,
  },
];

function company(worklist: Reply, own: (asked: Asked) => Reply | undefined = () => undefined, model: object = meta) {
  return serve((asked) => {
    const special = own(asked);
    if (special) {
      return special;
    }
    if (asked.path === 'meta') {
      return { body: model };
    }
    if (viewOf(asked) === 'churn_risk') {
      return worklist;
    }
    const answers: Record<string, object> = {
      'services/ml/v1/customers/c0ffee00-1/churn': prediction,
      'services/ml/v1/customers/c0ffee00-1/churn/history': {
        predictions: [
          {
            asOf: '2026-08-01T00:00:00Z',
            probability: 0.4,
            riskLevel: 'medium',
            modelVersion: 'm',
            outcome: 'retained',
          },
        ],
      },
      'services/ml/v1/interventions?customerId=c0ffee00-1': { interventions: [] },
      'services/ml/v1/features': { features },
    };
    return answers[asked.path] ? { body: answers[asked.path] } : undefined;
  });
}

test('subscribers with their risk, their reasons and what may help', async () => {
  const asked = company(list);
  open(<ChurnPage />);
  const row = within((await screen.findByRole('button', { name: 'Open customer c0ffee00-1' })).closest('tr')!);
  for (const text of [
    'Critical',
    '91.0%',
    '$50',
    '$45.5',
    'No activity for 40 days; 2 open tickets',
    'Personal call',
    '2027-01-31',
  ]) {
    expect(row.getByText(text)).toBeVisible();
  }
  expect(screen.getByText('Held out: stays untreated')).toBeVisible();
  expect(screen.getByText('2 subscribers')).toBeVisible();
  const question = asked.find((one) => viewOf(one) === 'churn_risk')?.body as { queries: object[] };
  expect(question.queries[0]).toMatchObject({
    dimensions: ofCustomer.map((name) => `churn_risk.${name}`),
    order: [{ member: 'churn_risk.expected_mrr_loss', direction: 'desc' }],
    limit: 1_001,
  });
});

test('the risk and the search live in the address', async () => {
  const asked = company(list);
  open(<ChurnPage />, '?search=tickets');
  expect(await screen.findByText('1 subscribers')).toBeVisible();
  await userEvent.click(screen.getByLabelText('Critical'));
  await waitFor(() => expect(locationService.getLocation().search).toBe('?search=tickets&risk=critical'));
  const filters = [{ member: 'churn_risk.risk_level', operator: 'equals', values: ['critical'] }];
  await waitFor(() => expect((asked.at(-1)?.body as { queries: object[] }).queries[0]).toMatchObject({ filters }));
});

test('a role that sees no single customers gets groups', async () => {
  const model = { views: [view('churn_risk', measures, ['risk_level', 'plan', 'channel', 'predicted_churn_date'])] };
  const groups = rows({
    risk_level: ['high'],
    plan: ['family'],
    channel: ['seo'],
    scored_customers: [12],
    churn_probability: [0.6],
    mrr: [600],
    expected_mrr_loss: [360],
  });
  const asked = company(groups, undefined, model);
  open(<ChurnPage />, '', 'Viewer');
  expect(await screen.findByText('family, seo')).toBeVisible();
  expect(screen.getByText(/12 subscribers; your role sees groups/)).toBeVisible();
  const dimensions = ['churn_risk.risk_level', 'churn_risk.plan', 'churn_risk.channel'];
  expect((asked.at(-1)?.body as { queries: object[] }).queries[0]).toMatchObject({ dimensions });
});

test('no prediction, no view and a failure are told apart', async () => {
  company(nothing);
  const first = open(<ChurnPage />);
  expect(await screen.findByText('No prediction here')).toBeVisible();
  first.unmount();
  company(nothing, undefined, { views: [] });
  const second = open(<ChurnPage />);
  expect(await screen.findByText('Your role sees no predictions')).toBeVisible();
  second.unmount();
  company({ body: { results: { A: { status: 500, error: 'Cube failed (500).' } } } });
  open(<ChurnPage />);
  expect(await screen.findByText('Cube failed (500).')).toBeVisible();
});

test('a thousand and one subscribers: the first thousand, in pages, and a word on the rest', async () => {
  const many = Array.from({ length: 1_001 }, (_, index) => index);
  company(
    rows({
      customer_id: many.map((index) => `${index}-x`),
      risk_level: many.map(() => 'high'),
      scored_customers: many.map(() => 1),
      churn_probability: many.map(() => 0.6),
      mrr: many.map(() => 1),
      expected_mrr_loss: many.map(() => 0.6),
    })
  );
  open(<ChurnPage />);
  expect(await screen.findByText(/The first 1000 by expected loss/)).toBeVisible();
  expect(screen.getAllByRole('button', { name: /^Open customer/ })).toHaveLength(25);
});

describe('one customer', () => {
  const address = '?customer=c0ffee00-1';

  test('why, with what raises and what lowers the risk', async () => {
    company(list);
    open(<ChurnPage />, address);
    const drawer = within(await screen.findByRole('dialog'));
    expect(await drawer.findByText('No activity for 40 days: raises the risk')).toBeVisible();
    expect(drawer.getByText('Family plan: lowers the risk')).toBeVisible();
  });

  test('what would be if: the values go to the model, out of range ones do not', async () => {
    const after = { ...prediction, probability: 0.61, riskLevel: 'high' };
    const asked = company(list, (one) =>
      one.path.endsWith('/what-if') ? { body: { before: prediction, after } } : undefined
    );
    open(<ChurnPage />, `${address}&tab=what-if`);
    const combobox = await screen.findByRole('combobox', { name: 'Change' });
    await userEvent.type(combobox, 'Idle{ArrowDown}{Enter}');
    const field = await screen.findByLabelText('Idle days (days)');
    await userEvent.type(field, '366');
    expect(screen.getByText('From 0 to 365.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Ask the model' })).toBeDisabled();
    await userEvent.clear(field);
    await userEvent.type(field, '3');
    await userEvent.click(screen.getByRole('button', { name: 'Ask the model' }));
    const result = within(await screen.findByRole('region', { name: 'Answer of the model' }));
    expect(result.getByText('61.0%')).toBeVisible();
    expect(result.getByText('-30.0 points')).toBeVisible();
    expect(asked.find(({ path }) => path.endsWith('/what-if'))?.body).toEqual({
      customerId: 'c0ffee00-1',
      changes: { idle: 3 },
    });
  });

  test('an intervention is recorded once, however often its answer is lost', async () => {
    let attempts = 0;
    const asked = company(list, (one) => {
      if (one.method !== 'POST' || !one.path.endsWith('/interventions')) {
        return undefined;
      }
      attempts += 1;
      return attempts === 1
        ? { status: 504, body: { message: 'No answer in time.' } }
        : { status: 201, body: { id: 'i1' } };
    });
    open(<ChurnPage />, `${address}&tab=interventions`);
    await userEvent.type(await screen.findByLabelText('Note'), 'Called on Monday');
    const record = () => userEvent.click(screen.getByRole('button', { name: 'Record: Personal call' }));
    await record();
    expect(await screen.findByText('No answer in time.')).toBeVisible();
    await record();
    await waitFor(() => expect(screen.getByLabelText('Note')).toHaveValue(''));
    const posts = asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/interventions'));
    expect(posts.map(({ body }) => body)).toEqual([
      { customerId: 'c0ffee00-1', type: 'phone_call', note: 'Called on Monday' },
      { customerId: 'c0ffee00-1', type: 'phone_call', note: 'Called on Monday' },
    ]);
    const keys = posts.map(({ headers }) => headers['Idempotency-Key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  test('a viewer records nothing; a held-out customer gets no offer', async () => {
    company(list);
    const first = open(<ChurnPage />, `${address}&tab=interventions`, 'Viewer');
    expect(await screen.findByText(/editors record what was done/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Record/ })).not.toBeInTheDocument();
    first.unmount();
    company(list, (one) =>
      one.path.endsWith('/churn') ? { body: { ...prediction, holdOut: true, interventions: [] } } : undefined
    );
    open(<ChurnPage />, `${address}&tab=interventions`);
    expect(await screen.findByText('This customer is held out')).toBeVisible();
  });

  test('what came of earlier predictions', async () => {
    company(list);
    open(<ChurnPage />, `${address}&tab=history`);
    expect(await screen.findByText('Stayed')).toBeVisible();
  });

  test('a customer without a prediction says so', async () => {
    company(list, (one) =>
      one.path.endsWith('/churn') ? { status: 404, body: { message: 'There is no such subscriber.' } } : undefined
    );
    open(<ChurnPage />, address);
    expect(await screen.findByText('There is no such subscriber.')).toBeVisible();
  });
});
