import React from 'react';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { CubeDataSource } from './datasource';
import type { Meta } from './meta';
import { VariableEditor } from './VariableEditor';

// Generous, because typing into pickers is slow where test files share the machine.
jest.setTimeout(60_000);

const meta: Meta = {
  views: [
    {
      name: 'labs',
      title: 'Laboratories',
      measures: [],
      dimensions: [
        { name: 'labs.lab_name', title: 'Lab', shortTitle: 'Lab', type: 'string' },
        { name: 'labs.state', title: 'State', shortTitle: 'State', type: 'string' },
      ],
      segments: [],
    },
  ],
};

function show(query: Parameters<typeof VariableEditor>[0]['query']) {
  const onChange = jest.fn();
  const datasource = { getMeta: () => Promise.resolve(meta) } as unknown as CubeDataSource;
  render(<VariableEditor datasource={datasource} query={query} onChange={onChange} />);
  return onChange;
}

test('a dimension is chosen by its title', async () => {
  const onChange = show('');
  await userEvent.type(await screen.findByLabelText('Values of'), 'State{Enter}');
  expect(onChange).toHaveBeenCalledWith({ refId: 'variable', dimension: 'labs.state', filters: [] }, 'labs.state');
});

test('a text is read, and chained by a filter', async () => {
  const onChange = show('labs.lab_name');
  expect(await screen.findByText('Laboratories: Lab')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Filter' }));
  expect(onChange).toHaveBeenCalledWith(
    {
      refId: 'variable',
      dimension: 'labs.lab_name',
      filters: [{ member: 'labs.lab_name', operator: 'equals', values: [] }],
    },
    'labs.lab_name'
  );
});
