import {
  locationUtil,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  type GrafanaConfig,
  type StandardEditorsRegistryItem,
} from '@grafana/data';
import { standardFieldConfig } from './standardFieldConfig';

// The workbench shows no option editors; the builders only ask that each kind is known.
const editorKinds = ['number', 'slider', 'text', 'select', 'multi-select', 'radio', 'boolean', 'color', 'unit'];
const noEditors: StandardEditorsRegistryItem[] = [...editorKinds, 'field-name', 'strings', 'thresholds'].map((id) => ({
  id,
  name: id,
  editor: () => null,
}));

/** Sets up what Grafana has set up before it loads a plugin. */
export function prepareGrafana(): void {
  standardEditorsRegistry.setInit(() => noEditors);
  standardFieldConfigEditorRegistry.setInit(() => standardFieldConfig);
  locationUtil.initialize({
    // Links only ask for the path that Grafana is served under.
    config: { appSubUrl: '' } as GrafanaConfig,
    getTimeRangeForUrl: () => ({ from: 'now-1y', to: 'now' }),
    getVariablesUrlParams: () => ({}),
  });
}
