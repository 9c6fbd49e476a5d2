import React from 'react';
import type { DataSourceSettings } from '@grafana/data';
import { fireEvent, render, screen } from '@testing-library/react';
import { ConfigEditor, splitRoles } from './ConfigEditor';
import type { CubeOptions, CubeSecrets } from './query';

function show() {
  const onOptionsChange = jest.fn();
  const options = { url: '', jsonData: {}, secureJsonFields: {} } as DataSourceSettings<CubeOptions, CubeSecrets>;
  render(<ConfigEditor options={options} onOptionsChange={onOptionsChange} />);
  return onOptionsChange;
}

test('the secret goes to the encrypted settings only', () => {
  const changed = show();
  fireEvent.change(screen.getByLabelText(/API secret/), { target: { value: 'hush' } });
  expect(changed).toHaveBeenCalledWith(
    expect.objectContaining({ secureJsonData: { apiSecret: 'hush' }, jsonData: {} })
  );
});

test('roles are entered as a list', () => {
  const changed = show();
  const field = screen.getByLabelText(/Roles of Viewers/);
  fireEvent.change(field, { target: { value: 'analyst, marketing' } });
  fireEvent.blur(field);
  expect(changed).toHaveBeenCalledWith(
    expect.objectContaining({ jsonData: { roleMapping: { Viewer: ['analyst', 'marketing'] } } })
  );
});

test('an empty field keeps the default', () => {
  const changed = show();
  fireEvent.blur(screen.getByLabelText(/Roles of alert rules/));
  expect(changed).toHaveBeenCalledWith(expect.objectContaining({ jsonData: { alertRoles: undefined } }));
  expect(splitRoles(' a ,, b ')).toEqual(['a', 'b']);
});

test('limits are numbers', () => {
  const changed = show();
  const field = screen.getByLabelText(/Time budget/);
  fireEvent.change(field, { target: { value: '12' } });
  expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ jsonData: { budgetSeconds: 12 } }));
  expect(screen.getByLabelText(/Row limit/)).toHaveAttribute('max', '49999');
});
