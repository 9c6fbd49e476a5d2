import {
  applyFieldOverrides,
  createTheme,
  dateTime,
  EventBusSrv,
  LoadingState,
  type DataFrame,
  type DataLink,
  type PanelProps,
} from '@grafana/data';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';
import { CohortPanel } from './CohortPanel';
import { defaultOptions, type CohortOptions } from './options';
import { countsFrame, type Standing } from './testSupport';

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(window, { ResizeObserver: NoObserver });

const three: Standing[] = [
  { cohort: 'Jan', size: 100, retained: [100, 80, 40] },
  { cohort: 'Feb', size: 300, retained: [300, 150, 90], unfinished: 1 },
  { cohort: 'Mar', size: 50, retained: [50], unfinished: 1 },
];

function show(series: DataFrame[], options: Partial<CohortOptions> = {}, links?: DataLink[]) {
  const timeRange = { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1y', to: 'now' } };
  const onOptionsChange = jest.fn();
  const data = applyFieldOverrides({
    data: series,
    fieldConfig: { defaults: { links }, overrides: [] },
    theme: createTheme(),
    replaceVariables: (text) => text,
  });
  const props: PanelProps<CohortOptions> = {
    id: 1,
    title: 'Retention',
    data: { state: LoadingState.Done, series: links ? withLinks(data, links) : data, timeRange },
    options: { ...defaultOptions, ...options },
    fieldConfig: { defaults: {}, overrides: [] },
    width: 800,
    height: 400,
    timeRange,
    timeZone: 'utc',
    transparent: false,
    renderCounter: 0,
    eventBus: new EventBusSrv(),
    replaceVariables: (text) => text,
    onOptionsChange,
    onFieldConfigChange: jest.fn(),
    onChangeTimeRange: jest.fn(),
  };
  render(<CohortPanel {...props} />);
  return { onOptionsChange };
}

/** Field configs are applied by a registry that a test does not have. */
const withLinks = (series: DataFrame[], links: DataLink[]) =>
  series.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => ({
      ...field,
      config: { ...field.config, links },
      getLinks: ({ valueRowIndex }: { valueRowIndex?: number }) =>
        links.map(({ title, url }) => ({
          title,
          href: `${url}?row=${valueRowIndex}`,
          target: undefined,
          origin: field,
        })),
    })),
  }));

const rowTexts = () =>
  screen
    .getAllByRole('row')
    .map((row) => [...row.querySelectorAll('th, td:not([aria-hidden])')].map(({ textContent }) => textContent));

test('is a table of cohorts and periods with the weighted average below', () => {
  show([countsFrame(three)]);
  expect(screen.getByRole('grid', { name: 'Retention' })).toHaveAttribute('aria-rowcount', '5');
  expect(rowTexts()).toEqual([
    ['cohort ↑', 'Size', '0', '1', '2'],
    ['Jan', '100', '100.0%', '80.0%', '40.0%'],
    ['Feb', '300', '100.0%', '50.0%', '30.0%… unfinished'],
    ['Mar', '50', '100.0%… unfinished', '', ''],
    // Only what has ended counts: (80 + 150) / 400 and 40 / 100.
    ['Average', '450', '100.0%', '57.5%', '40.0%'],
  ]);
  expect(screen.getByRole('columnheader', { name: 'period 2' })).toBeInTheDocument();
});

test('hides size, average and insights where the options say so', () => {
  show([countsFrame(three)], { showSize: false, showAverage: false, showInsights: false });
  expect(rowTexts()[0]).toEqual(['cohort ↑', '0', '1', '2']);
  expect(rowTexts()).toHaveLength(4);
  expect(screen.queryByText(/^Best at/)).not.toBeInTheDocument();
});

test('tells what stands out', () => {
  show([countsFrame(three)]);
  // Wilson, by statsmodels: 80 of 100 and 150 of 300.
  expect(screen.getByText('Best at period 1: Jan 80.0% (71.1% to 86.7%, n 100).')).toBeInTheDocument();
  expect(screen.getByText('Worst: Feb 50.0% (44.4% to 55.6%, n 300).')).toBeInTheDocument();
});

test('differences from the others, with a mark where they are significant', () => {
  show([countsFrame(three)], { compare: 'benchmark', benchmarkPeriod: 1 });
  expect(rowTexts()[1]).toEqual(['Jan', '100', '±0.0', '+30.0▲, above the benchmark', '–']);
  expect(rowTexts()[2]?.[3]).toBe('−30.0▼, below the benchmark');
});

test('sorts by a column, and turns the order around on the second choice', async () => {
  const { onOptionsChange } = show([countsFrame(three)], { sortBy: 'size' });
  expect(rowTexts().map(([name]) => name)).toEqual(['cohort', 'Mar', 'Jan', 'Feb', 'Average']);
  expect(screen.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'ascending');
  await userEvent.click(screen.getByRole('columnheader', { name: 'period 1' }));
  expect(onOptionsChange).toHaveBeenLastCalledWith(
    expect.objectContaining({ sortBy: 'period', sortPeriod: 1, descending: true })
  );
  await userEvent.click(screen.getByRole('columnheader', { name: 'Size' }));
  expect(onOptionsChange).toHaveBeenLastCalledWith(expect.objectContaining({ sortBy: 'size', descending: true }));
});

test('arrow keys walk over the cells, and tell what is behind them', async () => {
  show([countsFrame(three)]);
  await userEvent.tab();
  expect(screen.getByText('Jan')).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(document.activeElement).toHaveTextContent('80.0%');
  expect(screen.getByRole('tooltip')).toHaveTextContent(
    'Jan, period 1Retention80.0%Customers80 of 10095% interval71.1% to 86.7%'
  );
  await userEvent.keyboard('{Control>}{End}{/Control}');
  expect(screen.getByRole('tooltip')).toHaveTextContent('Weighted average, period 2');
  await userEvent.keyboard('{Control>}{Home}{/Control}');
  expect(screen.getByRole('columnheader', { name: /cohort/ })).toHaveFocus();
  await userEvent.tab();
  expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
});

test('hovering tells the same', () => {
  show([countsFrame(three)]);
  fireEvent.mouseOver(screen.getByText('50.0%'));
  expect(screen.getByRole('tooltip')).toHaveTextContent('Feb, period 1');
  fireEvent.mouseLeave(screen.getByRole('grid'));
  expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
});

test('a cell leads to its data links; Escape goes back to it', async () => {
  show([countsFrame(three)], {}, [{ title: 'Customers', url: '/customers' }]);
  await userEvent.click(screen.getByText('50.0%'));
  const dialog = screen.getByRole('dialog', { name: 'Feb, period 1' });
  // Row 4 of the frame is Feb in period 1.
  expect(within(dialog).getByRole('link', { name: 'Customers' })).toHaveAttribute('href', '/customers?row=4');
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(document.activeElement).toHaveTextContent('50.0%');
});

test('draws only what is in view of 10,000 cohorts', () => {
  show([
    countsFrame(Array.from({ length: 10_000 }, (_, index) => ({ cohort: `C${index}`, size: 10, retained: [10, 9] }))),
  ]);
  expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '10002');
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
});

test('lines carry the same figures', () => {
  show([countsFrame(three)], { view: 'lines' });
  expect(screen.getByRole('img', { name: 'Retention: one line for each cohort' })).toBeInTheDocument();
  expect(screen.getByText('Jan: 0: 100.0%, 1: 80.0%, 2: 40.0%')).toBeInTheDocument();
});

test('a few lines are told apart by colours that the legend names', () => {
  show([countsFrame(three)], { view: 'lines' });
  const picture = screen.getByRole('img', { name: 'Retention: one line for each cohort' });
  const lines = [...picture.querySelectorAll('g[stroke-width]')].map((line) => line.getAttribute('stroke'));
  expect(lines).toHaveLength(3);
  expect(new Set(lines).size).toBe(3);
  expect(picture.nextElementSibling).toHaveTextContent('━ Jan ━ Feb ━ Mar ━ Average ┅ unfinished');
});

test.each<[string, DataFrame[], RegExp]>([
  ['no data', [], /^There is no data in this time range/],
  [
    'a cell twice',
    [countsFrame([three[0] as Standing, three[0] as Standing])],
    /^Jan has more than one row for period 0/,
  ],
])('says what is wrong with %s', (_what, series, words) => {
  show(series);
  expect(screen.getByRole('status')).toHaveTextContent(words);
});
