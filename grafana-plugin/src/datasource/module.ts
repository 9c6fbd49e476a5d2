import { DataSourcePlugin } from '@grafana/data';
import { ConfigEditor } from './ConfigEditor';
import { CubeDataSource } from './datasource';
import type { CubeOptions, CubeQuery, CubeSecrets } from './query';
import { QueryEditor } from './QueryEditor';
import { VariableEditor } from './VariableEditor';

export const plugin = new DataSourcePlugin<CubeDataSource, CubeQuery, CubeOptions, CubeSecrets>(CubeDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setVariableQueryEditor(VariableEditor);
