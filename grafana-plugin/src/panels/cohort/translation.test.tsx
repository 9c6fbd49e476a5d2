import {
  createTheme,
  dateTime,
  EventBusSrv,
  getDisplayProcessor,
  LoadingState,
  type DataFrame,
  type PanelPlugin,
} from '@grafana/data';
import { render, screen } from '@testing-library/react';
import React from 'react';
import { provide } from '../../i18n/testSupport';
import { defaultOptions, type CohortOptions } from './options';
import { id } from './plugin.json';
import { countsFrame } from './testSupport';

Object.assign(window, {
  ResizeObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
});

// Generous, because the plugin is loaded within the test.
jest.setTimeout(60_000);

test('speaks as translated, with the plural of the count, and leaves names as they are', async () => {
  await provide(id, {
    insights: { best: 'Am besten in {{unit}} {{number}}: {{cohort}} mit {{share}} von {{size}}.' },
    notes: { 'left-out_one': 'Eine Zeile weggelassen.', 'left-out_other': '{{count, number}} Zeilen weggelassen.' },
    table: { average: 'Durchschnitt', unfinished: 'unvollendet' },
    unit: { period: 'Periode' },
  });
  const { plugin } = await import('./module');
  const frame = countsFrame([
    { cohort: 'Jan & "Feb"/Mar', size: 100, retained: [100, 80] },
    { cohort: 'Apr', size: 300, retained: [300, 150, 90], unfinished: 1 },
  ]);
  show(plugin, frame);
  expect(screen.getByRole('rowheader', { name: 'Durchschnitt' })).toBeInTheDocument();
  expect(screen.getByText('unvollendet')).toBeInTheDocument();
  expect(screen.getByText('Am besten in Periode 1: Jan & "Feb"/Mar mit 80.0% von 100.')).toBeInTheDocument();
  expect(screen.queryByText(/weggelassen/)).not.toBeInTheDocument();

  show(plugin, withoutPeriods(frame, 1));
  expect(screen.getByText('Eine Zeile weggelassen.')).toBeInTheDocument();
  show(plugin, withoutPeriods(frame, 2));
  expect(screen.getByText('2 Zeilen weggelassen.')).toBeInTheDocument();
});

/** The frame without the period of its last rows. */
function withoutPeriods(frame: DataFrame, rows: number): DataFrame {
  const fields = frame.fields.map((field) =>
    field.name === 'period'
      ? { ...field, values: field.values.map((period, row) => (row < frame.length - rows ? period : null)) }
      : field
  );
  return { ...frame, fields };
}

function show({ panel: Panel }: PanelPlugin<CohortOptions>, frame: DataFrame) {
  const theme = createTheme();
  const timeRange = { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1y', to: 'now' } };
  const fields = frame.fields.map((field) => ({ ...field, display: getDisplayProcessor({ field, theme }) }));
  if (!Panel) {
    throw new Error('The plugin has no panel.');
  }
  render(
    <Panel
      id={1}
      title="Retention"
      data={{ state: LoadingState.Done, series: [{ ...frame, fields }], timeRange }}
      options={defaultOptions}
      fieldConfig={{ defaults: {}, overrides: [] }}
      width={800}
      height={400}
      timeRange={timeRange}
      timeZone="utc"
      transparent={false}
      renderCounter={0}
      eventBus={new EventBusSrv()}
      replaceVariables={(text) => text}
      onOptionsChange={jest.fn()}
      onFieldConfigChange={jest.fn()}
      onChangeTimeRange={jest.fn()}
    />
  );
}
