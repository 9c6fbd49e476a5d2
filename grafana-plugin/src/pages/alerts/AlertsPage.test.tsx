import React from 'react';
import { locationService } from '@grafana/runtime';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { open, serve, type Asked, type Reply } from '../testing/server';
import AlertsPage from './AlertsPage';
import type { Alert } from './alerts';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
}));

const alert = (change: Partial<Alert>): Alert => ({
  id: 'a1',
  title: 'Lab misses its service level',
  summary: 'North: 71% on time',
  severity: 'critical',
  status: 'open',
  entityType: 'lab_partner',
  entityId: 'North',
  value: 0.71,
  threshold: 0.95,
  firedAt: '2026-11-20T10:00:00Z',
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  reopenedCount: 2,
  runbookUrl: 'javascript:alert(1)',
  dashboardUrl: '/d/executive',
  ...change,
});

const events = [{ at: '2026-11-20T10:00:00Z', kind: 'raised', by: null, note: null }];

function inbox(list: Alert[], nextCursor: string | null = null, act?: (asked: Asked) => Reply) {
  return serve((asked) => {
    if (asked.method === 'POST') {
      return act?.(asked);
    }
    const id = /^services\/alerts\/v1\/alerts\/(\w+)$/.exec(asked.path)?.[1];
    if (id) {
      const found = list.find((one) => one.id === id);
      return found ? { body: { ...found, events } } : { status: 404, body: { message: 'There is no such alert.' } };
    }
    return {
      body: asked.path.includes('cursor=')
        ? { alerts: [alert({ id: 'a9', title: 'Older' })], nextCursor: null }
        : { alerts: list, nextCursor },
    };
  });
}

test('open alerts come first, and the filters go into the address and to the service', async () => {
  const asked = inbox([alert({})]);
  open(<AlertsPage />);
  expect(await screen.findByRole('button', { name: 'Lab misses its service level' })).toBeVisible();
  expect(asked[0]?.path).toBe('services/alerts/v1/alerts?limit=50&status=open');
  await userEvent.click(screen.getByLabelText('All'));
  await userEvent.click(screen.getByLabelText('Critical'));
  await waitFor(() => expect(asked.at(-1)?.path).toBe('services/alerts/v1/alerts?limit=50&severity=critical'));
  expect(locationService.getLocation().search).toBe('?status=all&severity=critical');
});

test('no alert, a service that hangs and one that fails are told apart', async () => {
  inbox([]);
  const { unmount } = open(<AlertsPage />);
  expect(await screen.findByText('No alert here')).toBeVisible();
  unmount();

  serve(() => ({ hangs: true }));
  const hanging = open(<AlertsPage />);
  expect(screen.getByText('Loading alerts ...')).toBeVisible();
  hanging.unmount();

  let isDown = true;
  serve(() =>
    isDown
      ? { status: 502, body: { message: 'The alert service cannot be reached.' } }
      : { body: { alerts: [], nextCursor: null } }
  );
  open(<AlertsPage />);
  expect(await screen.findByText('The alert service cannot be reached.')).toBeVisible();
  isDown = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('No alert here')).toBeVisible();
});

test('more alerts come page by page', async () => {
  const asked = inbox([alert({})], 'next');
  open(<AlertsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('button', { name: 'Older' })).toBeVisible();
  expect(asked.at(-1)?.path).toContain('cursor=next');
  expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
});

test('an editor acknowledges with a note', async () => {
  let status: Alert['status'] = 'open';
  const asked = serve((one) => {
    if (one.method === 'POST') {
      status = 'acknowledged';
      return { body: {} };
    }
    return one.path.endsWith('/a1')
      ? { body: { ...alert({ status }), events } }
      : { body: { alerts: [alert({ status })], nextCursor: null } };
  });
  open(<AlertsPage />, '?alert=a1');
  const drawer = within(await screen.findByRole('dialog'));
  await userEvent.type(await drawer.findByLabelText('Note'), 'Called the lab');
  await userEvent.click(drawer.getByRole('button', { name: 'Acknowledge' }));
  await waitFor(() => expect(drawer.queryByRole('button', { name: 'Acknowledge' })).not.toBeInTheDocument());
  const posted = asked.find(({ method }) => method === 'POST');
  expect(posted).toMatchObject({ path: 'services/alerts/v1/alerts/a1/acknowledge', body: { note: 'Called the lab' } });
});

test('whoever was slower is told, and keeps the note', async () => {
  inbox([alert({})], null, () => ({ status: 409, body: { message: 'The alert is resolved already.' } }));
  open(<AlertsPage />, '?alert=a1');
  await userEvent.type(await screen.findByLabelText('Note'), 'mine');
  await userEvent.click(screen.getByRole('button', { name: 'Resolve' }));
  expect(await screen.findByText('The alert is resolved already.')).toBeVisible();
  expect(screen.getByLabelText('Note')).toHaveValue('mine');
});

test('a viewer looks; a link that is none is not offered', async () => {
  inbox([alert({})]);
  open(<AlertsPage />, '?alert=a1', 'Viewer');
  expect(await screen.findByText(/editors acknowledge and resolve/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Acknowledge' })).not.toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Runbook' })).not.toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Dashboard' })).toHaveAttribute('href', '/d/executive');
});

test('a link to an alert that is gone says so', async () => {
  inbox([]);
  open(<AlertsPage />, '?alert=gone');
  expect(await screen.findByText('There is no such alert.')).toBeVisible();
});
