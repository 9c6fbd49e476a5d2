import React from 'react';
import type { AppRootProps } from '@grafana/data';
import { locationService, setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { act, screen } from '@testing-library/react';
import { dataSourceType, linkTo } from './shared/app';
import type { AppSettings } from './shared/source';
import { open, serve } from './testing/server';
import App from './App';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  PluginPage: jest.requireActual('./testing/PluginPage').PluginPage,
}));

function sources(...uids: string[]) {
  const list = uids.map((uid) => ({ uid, name: uid, type: dataSourceType }));
  setDataSourceSrv({ getList: () => [...list, { uid: 'g', name: 'g', type: 'grafana' }] } as unknown as DataSourceSrv);
}

const props = (jsonData: AppSettings = {}) => ({ meta: { jsonData } }) as AppRootProps<AppSettings>;
const headings = () => screen.findByRole('heading', { level: 1 });

test('each address has its page, loaded when it is opened', async () => {
  sources('cube');
  serve(() => ({ body: { views: [], alerts: [], nextCursor: null } }));
  open(<App {...props()} />);
  expect(await headings()).toHaveTextContent('Page not found');
  for (const [page, title] of [
    ['home', 'What needs attention'],
    ['cohorts', 'Cohorts'],
    ['alerts', 'Alerts inbox'],
    ['metrics', 'Metric dictionary'],
  ] as const) {
    act(() => locationService.push(linkTo(page)));
    expect(await screen.findByRole('heading', { level: 1, name: title })).toBeVisible();
  }
});

test('the configured data source serves, else the first one', async () => {
  sources('first', 'second');
  const asked = serve(() => ({ body: { views: [] } }));
  const shown = open(<App {...props({ dataSourceUid: 'second' })} />);
  act(() => locationService.push(linkTo('metrics')));
  await screen.findByText('Nothing has such a name or definition');
  expect(asked[0]?.path).toBe('/api/datasources/uid/second/resources/meta');
  shown.unmount();
  open(<App {...props({ dataSourceUid: 'gone' })} />);
  act(() => locationService.push(linkTo('metrics')));
  await screen.findByText('Nothing has such a name or definition');
  expect(asked.at(-1)?.path).toBe('/api/datasources/uid/first/resources/meta');
});

test('without a data source the pages say how to get one', async () => {
  sources();
  open(<App {...props()} />);
  act(() => locationService.push(linkTo('home')));
  expect(await screen.findByText('There is no Cube data source yet')).toBeVisible();
});
