import React from 'react';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { CubeDataSource } from './datasource';
import type { Meta } from './meta';
import { emptyQuery, type CubeQuery } from './query';
import { QueryEditor } from './QueryEditor';

// The real one loads an editor that the test's document cannot hold.
jest.mock('@grafana/ui', () => ({
  ...jest.requireActual('@grafana/ui'),
  CodeEditor: ({ value, onBlur }: { value: string; onBlur?: (value: string) => void }) => (
    <textarea aria-label="Code" defaultValue={value} onBlur={(event) => onBlur?.(event.target.value)} />
  ),
}));

// Generous, because typing into pickers is slow where test files share the machine.
jest.setTimeout(60_000);

const meta: Meta = {
  views: [
    {
      name: 'revenue',
      title: 'Recurring revenue',
      measures: [
        { name: 'revenue.mrr', title: 'Recurring revenue MRR', shortTitle: 'Monthly revenue', type: 'number' },
        { name: 'revenue.note', title: 'Note', shortTitle: 'Note', type: 'string' },
      ],
      dimensions: [
        { name: 'revenue.state', title: 'State', shortTitle: 'State', type: 'string' },
        { name: 'revenue.as_of', title: 'As of', shortTitle: 'As of', type: 'time', selector: true },
      ],
      segments: [{ name: 'revenue.paying', title: 'Paying', shortTitle: 'Paying only' }],
    },
    {
      name: 'labs',
      title: 'Laboratories',
      measures: [{ name: 'labs.tests', title: 'Tests', shortTitle: 'Tests done', type: 'number' }],
      dimensions: [],
      segments: [],
    },
  ],
};

function show(part: Partial<CubeQuery> = {}, source: object = {}) {
  const datasource = { getMeta: () => Promise.resolve(meta), ...source } as unknown as CubeDataSource;
  const query: CubeQuery = { ...emptyQuery, refId: 'A', view: 'revenue', measures: ['revenue.mrr'], ...part };
  const onChange = jest.fn<void, [CubeQuery]>();
  const onRunQuery = jest.fn();
  render(<QueryEditor datasource={datasource} query={query} onChange={onChange} onRunQuery={onRunQuery} />);
  return { query, onChange, onRunQuery };
}

test('shows titles, not technical names', async () => {
  show();
  expect(await screen.findByText('Recurring revenue')).toBeInTheDocument();
  expect(screen.getByText('Monthly revenue')).toBeInTheDocument();
});

test('an edit leaves alone what the model does not offer, and everything else', async () => {
  const { query, onChange, onRunQuery } = show({
    measures: ['revenue.gone', 'revenue.mrr'],
    dimensions: ['revenue.lost'],
    segments: ['revenue.old'],
    filters: [
      { member: 'revenue.hidden', operator: 'notStartsWith', values: ['$x'] },
      {
        or: [
          { member: 'revenue.state', operator: 'set' },
          { and: [{ member: 'revenue.mrr', operator: 'gt', values: ['1'] }] },
        ],
      },
    ],
    order: [{ member: 'revenue.mrr', direction: 'desc' }],
    timeDimension: { dimension: 'revenue.then', granularity: 'fortnight' },
    timeZone: 'Europe/Berlin',
    compare: 'previous',
    drillDown: ['revenue.lost'],
  });
  expect(await screen.findByText('Recurring revenue')).toBeInTheDocument();
  for (const name of ['revenue.gone', 'revenue.old', 'revenue.hidden', 'revenue.then', 'fortnight']) {
    expect(screen.getByText(name)).toBeInTheDocument();
  }
  fireEvent.click(screen.getByLabelText('Time series'));
  expect(onChange).toHaveBeenCalledWith({ ...query, format: 'time_series' });
  expect(onRunQuery).toHaveBeenCalledTimes(1);
});

test('members that do not fit are greyed, with the reason', async () => {
  show({ format: 'time_series', timeDimension: { dimension: 'revenue.as_of', granularity: 'month' } });
  await screen.findByText('Recurring revenue');
  const measures = screen.getByLabelText('Measures');
  await userEvent.type(measures, 'Note');
  expect(await screen.findByText('No number: it shows in a table only')).toBeInTheDocument();
  await userEvent.clear(measures);
  await userEvent.type(measures, 'Tests done');
  expect(await screen.findByText('In the view “Laboratories”: a query asks one view')).toBeInTheDocument();
});

test('a measure is found by its title with the keyboard alone', async () => {
  const { onChange } = show({ measures: [] });
  await screen.findByText('Recurring revenue');
  await userEvent.type(screen.getByLabelText('Measures'), 'monthly{Enter}');
  await waitFor(() => expect(onChange).toHaveBeenCalledWith(expect.objectContaining({ measures: ['revenue.mrr'] })));
});

test('filters nest, and do not run before their value is chosen', async () => {
  const { query, onChange, onRunQuery } = show();
  await screen.findByText('Recurring revenue');
  const filters = screen.getByRole('group', { name: 'Filters' });
  fireEvent.click(within(filters).getByRole('button', { name: 'Group' }));
  const open = { member: 'revenue.state', operator: 'equals', values: [] };
  expect(onChange).toHaveBeenCalledWith({ ...query, filters: [{ or: [open] }] });
  expect(onRunQuery).not.toHaveBeenCalled();
});

test('a group changes between any and all, and is removed', async () => {
  const set = { member: 'revenue.state', operator: 'set' as const };
  const { query, onChange } = show({ filters: [{ or: [set, set] }] });
  await screen.findByText('Recurring revenue');
  fireEvent.click(screen.getByLabelText('all of'));
  expect(onChange).toHaveBeenLastCalledWith({ ...query, filters: [{ and: [set, set] }] });
  const removals = screen.getAllByRole('button', { name: 'Remove filter 1' });
  fireEvent.click(removals.at(-1)!);
  expect(onChange).toHaveBeenLastCalledWith({ ...query, filters: [] });
});

test('values of a filter are listed among what the other filters leave', async () => {
  const getValues = jest.fn(() => Promise.resolve([{ text: 'New York' }]));
  const other = { member: 'revenue.mrr', operator: 'gt' as const, values: ['5'] };
  show({ filters: [other, { member: 'revenue.state', operator: 'equals', values: [] }] }, { getValues });
  await screen.findByText('Recurring revenue');
  fireEvent.keyDown(screen.getAllByLabelText('Filter values')[1]!, { key: 'ArrowDown' });
  expect(await screen.findByText('New York')).toBeInTheDocument();
  expect(getValues).toHaveBeenCalledWith({ dimension: 'revenue.state', filters: [other] });
});

test('the previous period goes with the time', async () => {
  const { query, onChange } = show({ timeDimension: { dimension: 'revenue.as_of' } });
  await screen.findByText('Recurring revenue');
  fireEvent.click(screen.getByLabelText(/Previous period/));
  expect(onChange).toHaveBeenLastCalledWith({ ...query, compare: 'previous' });
});

test('order moves up', async () => {
  const [first, second] = [
    { member: 'revenue.mrr', direction: 'desc' as const },
    { member: 'revenue.state', direction: 'asc' as const },
  ];
  const { query, onChange } = show({ dimensions: ['revenue.state'], order: [first, second] });
  await screen.findByText('Recurring revenue');
  fireEvent.click(screen.getAllByRole('button', { name: 'Decides earlier' })[1]!);
  expect(onChange).toHaveBeenLastCalledWith({ ...query, order: [second, first] });
});

test('the JSON is edited, and what is no query changes nothing', async () => {
  const { query, onChange } = show();
  fireEvent.click(screen.getByLabelText('JSON'));
  const code = await screen.findByLabelText('Code');
  fireEvent.change(code, { target: { value: '{"view":' } });
  fireEvent.blur(code);
  expect(await screen.findByText(/not valid JSON/)).toBeInTheDocument();
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.change(code, {
    target: { value: JSON.stringify({ ...emptyQuery, view: 'labs', measures: ['labs.tests'] }) },
  });
  fireEvent.blur(code);
  expect(onChange).toHaveBeenCalledWith({ ...query, view: 'labs', measures: ['labs.tests'] });
  expect(screen.queryByText(/not valid JSON/)).not.toBeInTheDocument();
});

test('the SQL is shown when asked for, or why it is not', async () => {
  const getSql = jest.fn().mockResolvedValueOnce({ sql: 'select 1', request: {} });
  show({}, { getSql });
  fireEvent.click(screen.getByRole('button', { name: 'Show SQL' }));
  expect(await screen.findByDisplayValue('select 1')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Hide SQL' }));
  expect(screen.queryByDisplayValue('select 1')).not.toBeInTheDocument();
  getSql.mockRejectedValueOnce({ data: { message: 'Not shown to your role' } });
  fireEvent.click(screen.getByRole('button', { name: 'Show SQL' }));
  expect(await screen.findByText('Not shown to your role')).toBeInTheDocument();
});

test('says why the model cannot be read', async () => {
  show({}, { getMeta: () => Promise.reject({ data: { message: 'Nothing answers at cube:4000' } }) });
  expect(await screen.findByText('Nothing answers at cube:4000')).toBeInTheDocument();
});
