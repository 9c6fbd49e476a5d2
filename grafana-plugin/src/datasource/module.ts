import { DataSourcePlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { ConfigEditor } from './ConfigEditor';
import { CubeDataSource } from './datasource';
import meta from './plugin.json';
import type { CubeOptions, CubeQuery, CubeSecrets } from './query';
import { QueryEditor } from './QueryEditor';
import { VariableEditor } from './VariableEditor';

void initPluginTranslations(meta.id);

export const plugin = new DataSourcePlugin<CubeDataSource, CubeQuery, CubeOptions, CubeSecrets>(CubeDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setVariableQueryEditor(VariableEditor);
