import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { AttributionPanel } from './AttributionPanel';
import { addOptions } from './editor';
import type { AttributionOptions } from './options';
import { suggest } from './suggestions';

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
