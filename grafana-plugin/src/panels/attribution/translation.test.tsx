import React from 'react';
import { applyFieldOverrides, createTheme } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { provide } from '../../i18n/testSupport';
import { frameOf } from './data/testFrames';
import { defaultOptions } from './options';
import { id } from './plugin.json';
import { AttributionView } from './view/AttributionView';

// Generous, because the plugin is loaded within the test.
jest.setTimeout(60_000);

test('speaks as translated, with the plural of the count, and leaves names as they are', async () => {
  await provide(id, {
    columns: { 'credit-by': 'Anteil nach {{model}}', spend: 'Ausgaben' },
    models: { linear: 'Gleichverteilt' },
    reconciliation: {
      one_one: 'Zusammen {{conversions}} Abschluss.',
      one_other: 'Zusammen {{conversions}} Abschlüsse.',
    },
    rows: { nameless: '(ohne {{field}})', others_one: '{{count}} weitere Zeile', others_other: '{{count}} weitere' },
  });
  await import('./module');
  const { unmount } = show([1, 2, 3], 2);
  expect(screen.getByRole('columnheader', { name: 'Anteil nach Gleichverteilt' })).toBeInTheDocument();
  expect(screen.getByRole('columnheader', { name: 'Ausgaben' })).toBeInTheDocument();
  expect(screen.getByRole('rowheader', { name: 'Ads & "more"/x' })).toBeInTheDocument();
  expect(screen.getByRole('rowheader', { name: '1 weitere Zeile' })).toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent('Zusammen 6 Abschlüsse.');
  unmount();

  show([0.5, 0.25, 0.25], 1);
  expect(screen.getByRole('rowheader', { name: '2 weitere' })).toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent('Zusammen 1 Abschluss.');
});

function show(linear: number[], rowLimit: number) {
  const total = linear.reduce((sum, credit) => sum + credit, 0);
  const channel = ['email', 'Ads & "more"/x', null];
  const series = applyFieldOverrides({
    data: [frameOf({ channel, linear, spend: [1, 2, 3] }), frameOf({ conversions: [total] })],
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text) => text,
    theme: createTheme(),
    timeZone: 'utc',
  });
  const options = { ...defaultOptions, sortBy: 'name', sortDirection: 'desc' as const, rowLimit };
  return render(<AttributionView series={series} options={options} timeZone="utc" width={900} height={500} />);
}
