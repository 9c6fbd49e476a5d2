import React from 'react';
import { applyFieldOverrides, createTheme, MappingType, type DataFrame, type FieldConfig } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { frameOf } from './data/testFrames';
import { defaultOptions, type AttributionOptions } from './options';
import { AttributionView } from './view/AttributionView';

const usd = { unit: 'currencyUSD', decimals: 2 };
const channels = frameOf(
  {
    channel: ['google_ads', 'email', '(unattributed)'],
    first_touch: [30, 4, 6],
    linear: [22.5, 11.5, 6],
    spend: [4500, 300, null],
    value: [9000, 2400, 800],
    is_mature: [true, false, true],
  },
  { spend: usd, value: usd }
);
const totals = frameOf({ conversions: [40] });
const journeys = frameOf({
  path: ['google_ads', 'google_ads > email'],
  journeys: [100, 40],
  conversions: [20, 14],
  touches_to_convert: [1, 2.5],
});

function show(frames: DataFrame[], options: Partial<AttributionOptions> = {}) {
  const series = applyFieldOverrides({
    data: frames,
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text) => text,
    theme: createTheme(),
    timeZone: 'utc',
  });
  return render(
    <AttributionView
      series={series}
      options={{ ...defaultOptions, ...options }}
      timeZone="utc"
      width={900}
      height={500}
    />
  );
}

/** The texts of the table's rows, cell by cell. */
function table(): string[][] {
  return within(screen.getByRole('table'))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent ?? ''));
}

test('shows channels by a model with what they cost and returned', () => {
  show([channels, totals], { model: 'linear', disagreement: 9 });
  expect(table()).toEqual([
    ['channel', 'Credit, Linear', 'Share', 'Spend', 'CAC', 'Value', 'ROAS', 'ROI'],
    ['google_ads', '22.5', '56.3%', '$4.50K', '$200.00', '$9.00K', '2.00', '100.0%'],
    [expect.stringMatching(/^emailimmature/), '11.5', '28.7%', '$300.00', '$26.09', '$2.40K', '8.00', '700.0%'],
    ['(unattributed)', '6', '15.0%', '–', '–', '$800.00', '–', '–'],
    ['All', '40', '100.0%', '$4.80K', '$120.00', '$12.20K', '2.54', '154.2%'],
  ]);
  expect(screen.getByRole('status')).toHaveTextContent("Each model's credits add up to 40 conversions.");
});

test('sorts by a header, once down and once up, and tells so', async () => {
  show([channels]);
  const header = screen.getByRole('button', { name: 'Spend' });
  await userEvent.click(header);
  expect(screen.getByRole('columnheader', { name: 'Spend' })).toHaveAttribute('aria-sort', 'descending');
  expect(table().map(([name]) => name.slice(0, 5))).toEqual(['chann', 'googl', 'email', '(unat', 'All']);
  header.focus();
  await userEvent.keyboard('{Enter}');
  expect(table().map(([name]) => name.slice(0, 5))).toEqual(['chann', 'email', 'googl', '(unat', 'All']);
});

test('marks where models disagree, most disputed first', async () => {
  show([channels]);
  await userEvent.click(screen.getByRole('radio', { name: 'Models' }));
  const rows = table();
  expect(rows[0]).toEqual(['channel', 'First touch', 'Linear', 'Spread']);
  expect(rows[1].slice(1)).toEqual(['30', '22.5', 'disputed: highest by First touch, lowest by Linear7.50']);
  expect(rows.map(([name]) => name.slice(0, 5))).toEqual(['chann', 'googl', 'email', '(unat', 'All']);
});

test('warns when credits do not add up to the conversions', () => {
  show([channels, frameOf({ conversions: [44] })]);
  expect(screen.getByRole('alert')).toHaveTextContent(
    'Credits do not add up to 44 conversions: First touch 40, Linear 40. Rows are missing'
  );
});

test('adds up rows beyond the limit', () => {
  show([channels], { rowLimit: 1, columns: ['credit', 'spend'], disagreement: 9 });
  expect(table()).toEqual([
    ['channel', 'Credit, First touch', 'Spend'],
    ['google_ads', '30', '$4.50K'],
    [expect.stringMatching(/^2 othersimmature/), '10', '$300.00'],
    ['All', '40', '$4.80K'],
  ]);
});

test('follows the field config: names, units, mappings, links', () => {
  const spend = { displayName: 'Budget', unit: 'currencyEUR', noValue: 'none' };
  const channel: FieldConfig = {
    mappings: [{ type: MappingType.ValueToText, options: { google_ads: { text: 'Google Ads' } } }],
    links: [{ title: 'Customers', url: 'https://example.org/customers' }],
  };
  const columns = { channel: ['google_ads', 'email'], linear: [2, 1], spend: [4500, null] };
  show([frameOf(columns, { spend, channel })], { columns: ['spend'] });
  expect(table()).toEqual([
    ['channel', 'Budget'],
    ['Google Ads', '€4.50K'],
    ['email', 'none'],
    ['All', '€4.50K'],
  ]);
  expect(screen.getByRole('link', { name: 'Google Ads' })).toHaveAttribute('href', 'https://example.org/customers');
});

test('opens a menu for several links', async () => {
  const linked = frameOf(
    { channel: ['ads'], linear: [1] },
    {
      channel: {
        links: [
          { title: 'Customers', url: 'https://example.org/1' },
          { title: 'Campaigns', url: 'https://example.org/2' },
        ],
      },
    }
  );
  show([linked]);
  await userEvent.click(screen.getByRole('button', { name: 'ads' }));
  expect(await screen.findByRole('menuitem', { name: 'Campaigns' })).toHaveAttribute('href', 'https://example.org/2');
});

test('draws journeys and lists them', async () => {
  show([channels, journeys]);
  await userEvent.click(screen.getByRole('radio', { name: 'Journeys' }));
  expect(screen.getByRole('img', { name: /Journeys from touch to touch/ })).toBeInTheDocument();
  expect(screen.getByText('google_ads → email: 40, 35.0% converted')).toBeInTheDocument();
  expect(table()).toEqual([
    ['Path', 'Journeys', 'Conversions', 'Conversion rate', 'Touches to convert'],
    ['google_ads', '100', '20', '20.0%', '1'],
    ['google_ads → email', '40', '14', '35.0%', '2.50'],
  ]);
});

test('shows journeys alone where nothing else is given', () => {
  show([journeys], { view: 'channels' });
  expect(screen.getByRole('rowheader', { name: 'google_ads → email' })).toBeInTheDocument();
  expect(screen.queryByRole('radiogroup')).not.toBeInTheDocument();
});

test('recommends on evidence, and says where there is none', async () => {
  const judged = frameOf({
    channel: ['ads', 'email'],
    linear: [100, 5],
    spend: [1000, 10],
    value: [5000, 100],
    roi_lower: [3.4, null],
    roi_upper: [4.6, null],
    mature: [1, 1],
  });
  show([judged], { view: 'recommendations' });
  const [advice, undecided] = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(advice).toMatch(/^Increase spendadsROI 400\.0% \(95% interval .*\) on 1000 and 100 conversions\./);
  expect(undecided).toMatch(/^email: 5 conversions; 20 or 192 of spend are needed/);
});

test('changes the model without changing the options', async () => {
  show([channels]);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Model' }), 'Linear');
  expect(screen.getByRole('columnheader', { name: 'Credit, Linear' })).toBeInTheDocument();
});

test.each([
  [[], 'The query gave no data.'],
  [[frameOf({ mrr: [1] })], 'Found: mrr (number).'],
])('says what is wrong instead of failing', (frames, message) => {
  show(frames);
  expect(screen.getByRole('alert')).toHaveTextContent(message);
});

test('stays whole with 10,000 channels', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => index);
  show([frameOf({ channel: many.map((index) => `c${index}`), linear: many.map((index) => index + 1) })]);
  const rows = table();
  expect(rows).toHaveLength(53);
  // 1 + 2 + ... + 9,950, and + ... + 10,000.
  expect(rows[51].slice(0, 2)).toEqual(['9950 others', '49506225']);
  expect(rows[52].slice(0, 2)).toEqual(['All', '50005000']);
});
