import {
  FieldType,
  getFieldDisplayName,
  type DataFrame,
  type Field,
  type PanelOptionsEditorBuilder,
  type SelectFieldConfigSettings,
} from '@grafana/data';
import { t } from '../../i18n/t';
import { readAttribution } from './data/attribution';
import { allColumns, columnTitles, type Column } from './data/columns';
import { defaultOptions, type AttributionOptions, type FieldChoices } from './options';

const numbers = (field: Field) => field.type === FieldType.number;
const texts = (field: Field) => field.type === FieldType.string || field.type === FieldType.enum;

/** The panel's options as the editor shows them. */
export function addOptions(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  addView(builder);
  addRows(builder);
  addJourneys(builder);
  addFields(builder);
}

function addView(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  builder
    .addSelect({
      path: 'view',
      name: t('options.view', 'View'),
      defaultValue: defaultOptions.view,
      settings: {
        options: [
          {
            value: 'channels',
            label: t('views.channels', 'Channels'),
            description: t('options.channels-what', 'By one model, with spend and return'),
          },
          {
            value: 'models',
            label: t('views.models', 'Models'),
            description: t('options.models-what', 'Side by side, and where they disagree'),
          },
          {
            value: 'journeys',
            label: t('views.journeys', 'Journeys'),
            description: t('options.journeys-what', 'The commonest paths of touches'),
          },
          {
            value: 'recommendations',
            label: t('views.recommendations', 'Recommendations'),
            description: t('options.recommendations-what', 'With their evidence'),
          },
        ],
      },
    })
    .addSelect<string | undefined, SelectFieldConfigSettings<string | undefined>>({
      path: 'model',
      name: t('options.model', 'Model'),
      description: t('options.model-what', 'Credits, costs and returns go by it.'),
      settings: {
        options: [],
        isClearable: true,
        getOptions: ({ data, options }) =>
          Promise.resolve(modelOptions(data, options as AttributionOptions | undefined)),
      },
    })
    .addBooleanSwitch({
      path: 'showControls',
      name: t('options.controls', 'Viewers choose'),
      description: t('options.controls-what', 'Shows controls for view and model.'),
      defaultValue: defaultOptions.showControls,
    });
}

function modelOptions(data: DataFrame[], options: AttributionOptions | undefined) {
  const attribution = readAttribution(data, options?.fields ?? {});
  const models = typeof attribution === 'string' ? [] : (attribution.channels?.models ?? []);
  return models.map(({ id, title }) => ({ value: id, label: title }));
}

function addRows(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  const titles = columnTitles();
  const columns = allColumns.map((value) => ({ value, label: titles[value] }));
  const category = [t('categories.channels', 'Channels')];
  builder
    .addMultiSelect<Column, SelectFieldConfigSettings<Column>>({
      path: 'columns',
      name: t('options.columns', 'Columns'),
      description: t('options.columns-what', 'All that have data when empty.'),
      category,
      settings: { options: columns },
    })
    .addSelect({
      path: 'sortBy',
      name: t('options.sort', 'Sort by'),
      category,
      defaultValue: defaultOptions.sortBy,
      settings: { options: [{ value: 'name', label: t('options.name', 'Name') }, ...columns] },
    })
    .addRadio({
      path: 'sortDirection',
      name: t('options.direction', 'Direction'),
      category,
      defaultValue: defaultOptions.sortDirection,
      settings: {
        options: [
          { value: 'desc', label: t('options.descending', 'Descending') },
          { value: 'asc', label: t('options.ascending', 'Ascending') },
        ],
      },
    })
    .addNumberInput({
      path: 'rowLimit',
      name: t('options.rows', 'Rows'),
      description: t('options.rows-what', 'Further rows are added up in one.'),
      category,
      defaultValue: defaultOptions.rowLimit,
      settings: { integer: true, min: 1, max: 1000 },
    })
    .addNumberInput({
      path: 'disagreement',
      name: t('options.disagreement', 'Models disagree from'),
      description: t(
        'options.disagreement-what',
        'Spread of the credits as a share of their mean, from which on a row is marked.'
      ),
      category,
      defaultValue: defaultOptions.disagreement,
      settings: { min: 0, step: 0.05 },
    });
}

function addJourneys(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  const category = [t('categories.journeys', 'Journeys')];
  builder
    .addNumberInput({
      path: 'pathLimit',
      name: t('options.paths', 'Paths'),
      category,
      defaultValue: defaultOptions.pathLimit,
      settings: { integer: true, min: 1, max: 50 },
    })
    .addNumberInput({
      path: 'stepLimit',
      name: t('options.steps', 'Steps drawn'),
      description: t('options.steps-what', 'Of longer paths the first steps and the last are drawn.'),
      category,
      defaultValue: defaultOptions.stepLimit,
      settings: { integer: true, min: 3, max: 10 },
    });
}

function addFields(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  const category = [t('categories.fields', 'Fields')];
  const picker = (part: Exclude<keyof FieldChoices, 'credits'>, name: string, filter: (field: Field) => boolean) =>
    builder.addFieldNamePicker({ path: `fields.${part}`, name, category, settings: { filter } });
  picker('name', t('fields.name', 'Channel or campaign'), texts);
  picker('model', t('fields.model', 'Model, if rows are by model'), texts);
  builder.addMultiSelect<string, SelectFieldConfigSettings<string>>({
    path: 'fields.credits',
    name: t('fields.credits', 'Credits'),
    description: t('fields.credits-what', 'Known by name (first_touch, linear, shapley …) when empty.'),
    category,
    settings: {
      options: [],
      getOptions: ({ data }) => Promise.resolve(numberFields(data)),
    },
  });
  picker('spend', t('fields.spend', 'Spend'), numbers);
  picker('value', t('fields.value', 'Value'), numbers);
  picker('conversions', t('fields.conversions', 'Conversions'), numbers);
  picker('path', t('fields.path', 'Path'), texts);
  picker('journeys', t('fields.journeys', 'Journeys'), numbers);
}

function numberFields(data: DataFrame[]) {
  const names = data.flatMap((frame) =>
    frame.fields.filter(numbers).map((field) => getFieldDisplayName(field, frame, data))
  );
  return [...new Set(names)].map((name) => ({ value: name, label: name }));
}
