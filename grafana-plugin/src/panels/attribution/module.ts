import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { AttributionPanel } from './AttributionPanel';
import { addOptions } from './editor';
import type { AttributionOptions } from './options';
import meta from './plugin.json';
import { suggest } from './suggestions';

void initPluginTranslations(meta.id);

export const plugin = new PanelPlugin<AttributionOptions>(AttributionPanel)
  .setPanelOptions(addOptions)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: {
        settings: { byValueSupport: true, preferThresholdsMode: false },
        defaultValue: { mode: FieldColorModeId.PaletteClassic },
      },
    },
  })
  .setSuggestionsSupplier(suggest);
