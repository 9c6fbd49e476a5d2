import React from 'react';
import { locationService } from '@grafana/runtime';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { open, rows, serve, view, viewOf, type Reply } from '../testing/server';
import AttributionPage from './AttributionPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
  PanelRenderer: jest.requireActual('../testing/PanelRenderer').PanelRenderer,
}));

const meta = { views: [view('attribution', ['spend', 'linear'], ['date', 'channel', 'campaign'])] };
const company = (answer: Reply) => serve((asked) => (asked.path === 'meta' ? { body: meta } : answer));

test('channels in the real panel; the choice lives in the address', async () => {
  const asked = company(rows({ channel: ['seo', 'ads'], spend: [1, 2], linear: [3, 4] }));
  open(<AttributionPage />, '?lookback=90');
  expect(await screen.findByText('fairunderwriting-attribution-panel with 2 rows')).toBeVisible();
  await userEvent.click(screen.getByLabelText('Campaigns'));
  await waitFor(() => expect(locationService.getLocation().search).toBe('?lookback=90&by=campaign'));
  await waitFor(() => {
    const last = asked.filter((one) => viewOf(one)).at(-1)?.body as { queries: object[] };
    expect(last.queries[0]).toMatchObject({
      dimensions: ['attribution.channel', 'attribution.campaign'],
      filters: [{ values: ['90'] }, { values: ['first_payment'] }],
    });
  });
});

test('no conversion, no view and a failure are told apart', async () => {
  company({ body: { results: { A: { status: 200, frames: [] } } } });
  const first = open(<AttributionPage />);
  expect(await screen.findByText('No conversion in this period')).toBeVisible();
  first.unmount();
  serve(() => ({ body: { views: [] } }));
  const second = open(<AttributionPage />);
  expect(await screen.findByText('Your role sees no attribution')).toBeVisible();
  second.unmount();
  serve(() => ({ status: 502, body: { message: 'Nothing answers at cube:4000.' } }));
  open(<AttributionPage />);
  expect(await screen.findByText('Nothing answers at cube:4000.')).toBeVisible();
});
