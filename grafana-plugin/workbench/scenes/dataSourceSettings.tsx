import type { DataSourceSettings } from '@grafana/data';
import React, { useState } from 'react';
import { ConfigEditor } from '../../src/datasource/ConfigEditor';
import type { CubeOptions, CubeSecrets } from '../../src/datasource/query';
import type { Scene } from '../src/scene';

type Settings = DataSourceSettings<CubeOptions, CubeSecrets>;

const settings: Settings = {
  id: 1,
  uid: 'fua-cube',
  orgId: 1,
  name: 'Cube',
  typeLogoUrl: '',
  type: 'fairunderwriting-cube-datasource',
  typeName: 'Fair Underwriting Cube',
  access: 'proxy',
  url: 'http://127.0.0.1:4000',
  user: '',
  database: '',
  basicAuth: false,
  basicAuthUser: '',
  isDefault: true,
  jsonData: {},
  secureJsonFields: { apiSecret: true },
  readOnly: false,
  withCredentials: false,
};

function Editor() {
  const [options, setOptions] = useState(settings);
  return <ConfigEditor options={options} onOptionsChange={setOptions} />;
}

export const scenes: Scene[] = [
  { id: 'data-source-settings', title: 'Data source: settings', render: () => <Editor /> },
];
