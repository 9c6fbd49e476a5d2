import React from 'react';
import { AppPlugin, type AppPluginMeta } from '@grafana/data';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { dataSourceType } from '../shared/app';
import type { AppSettings } from '../shared/source';
import { open, serve } from '../testing/server';
import ConfigurationPage from './ConfigurationPage';
import SettingsTab from './SettingsTab';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('../testing/PluginPage').PluginPage,
}));

function sources(...uids: string[]) {
  setDataSourceSrv({
    getList: () => uids.map((uid) => ({ uid, name: `Cube ${uid}`, type: dataSourceType })),
    get: () =>
      Promise.resolve({ testDatasource: () => Promise.resolve({ status: 'success', message: 'Cube answers.' }) }),
  } as unknown as DataSourceSrv);
}

test('what answers and what does not, each in its own words', async () => {
  sources('cube', 'other');
  let alertsAreUp = false;
  serve(({ path }) =>
    path.startsWith('services/alerts') && !alertsAreUp
      ? { status: 501, body: { message: 'The alert service is not configured.' } }
      : { body: {} }
  );
  open(<ConfigurationPage />, '', 'Admin');
  expect(await screen.findByText('Cube cube (used by these pages)')).toBeVisible();
  expect(screen.getByText('Cube other')).toBeVisible();
  expect(await screen.findByText('The alert service is not configured.')).toBeVisible();
  expect(screen.getAllByText('It answers.')).toHaveLength(2);
  alertsAreUp = true;
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
  expect(await screen.findAllByText('It answers.')).toHaveLength(3);
});

test('without a data source there is a way to one', async () => {
  sources();
  serve(() => ({ body: {} }));
  open(<ConfigurationPage />, '', 'Admin');
  expect(await screen.findByRole('link', { name: 'Add one' })).toHaveAttribute('href', '/connections/datasources/new');
});

test('the data source of the pages is chosen and saved', async () => {
  sources('cube', 'other');
  const asked = serve(() => ({ body: {} }));
  const meta = { id: 'app', enabled: true, pinned: true, jsonData: {} } as AppPluginMeta<AppSettings>;
  const plugin = Object.assign(new AppPlugin<AppSettings>(), { meta });
  open(<SettingsTab plugin={plugin} query={{}} />, '', 'Admin');
  await userEvent.type(await screen.findByLabelText(/Data source/), 'other{ArrowDown}{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/^Saved/)).toBeVisible();
  expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
    path: '/api/plugins/app/settings',
    body: { enabled: true, pinned: true, jsonData: { dataSourceUid: 'other' } },
  });
});
