import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { CohortPanel } from './CohortPanel';
import { migrateOptions } from './migrations';
import type { CohortOptions } from './options';
import { addOptions } from './optionsEditor';
import meta from './plugin.json';
import { suggestCohorts } from './suggestions';

void initPluginTranslations(meta.id);

export const plugin = new PanelPlugin<CohortOptions>(CohortPanel)
  .useFieldConfig({
    standardOptions: {
      // Readable for the colour-blind, and light means kept in either theme.
      [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.ContinuousViridis } },
    },
  })
  .setPanelOptions(addOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(suggestCohorts);
