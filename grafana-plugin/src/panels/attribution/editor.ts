import {
  FieldType,
  getFieldDisplayName,
  type DataFrame,
  type Field,
  type PanelOptionsEditorBuilder,
  type SelectFieldConfigSettings,
} from '@grafana/data';
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
      name: 'View',
      defaultValue: defaultOptions.view,
      settings: {
        options: [
          { value: 'channels', label: 'Channels', description: 'By one model, with spend and return' },
          { value: 'models', label: 'Models', description: 'Side by side, and where they disagree' },
          { value: 'journeys', label: 'Journeys', description: 'The commonest paths of touches' },
          { value: 'recommendations', label: 'Recommendations', description: 'With their evidence' },
        ],
      },
    })
    .addSelect<string | undefined, SelectFieldConfigSettings<string | undefined>>({
      path: 'model',
      name: 'Model',
      description: 'Credits, costs and returns go by it.',
      settings: {
        options: [],
        isClearable: true,
        getOptions: ({ data, options }) =>
          Promise.resolve(modelOptions(data, options as AttributionOptions | undefined)),
      },
    })
    .addBooleanSwitch({
      path: 'showControls',
      name: 'Viewers choose',
      description: 'Shows controls for view and model.',
      defaultValue: defaultOptions.showControls,
    });
}

function modelOptions(data: DataFrame[], options: AttributionOptions | undefined) {
  const attribution = readAttribution(data, options?.fields ?? {});
  const models = typeof attribution === 'string' ? [] : (attribution.channels?.models ?? []);
  return models.map(({ id, title }) => ({ value: id, label: title }));
}

function addRows(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  const columns = allColumns.map((value) => ({ value, label: columnTitles[value] }));
  const category = ['Channels'];
  builder
    .addMultiSelect<Column, SelectFieldConfigSettings<Column>>({
      path: 'columns',
      name: 'Columns',
      description: 'All that have data when empty.',
      category,
      settings: { options: columns },
    })
    .addSelect({
      path: 'sortBy',
      name: 'Sort by',
      category,
      defaultValue: defaultOptions.sortBy,
      settings: { options: [{ value: 'name', label: 'Name' }, ...columns] },
    })
    .addRadio({
      path: 'sortDirection',
      name: 'Direction',
      category,
      defaultValue: defaultOptions.sortDirection,
      settings: {
        options: [
          { value: 'desc', label: 'Descending' },
          { value: 'asc', label: 'Ascending' },
        ],
      },
    })
    .addNumberInput({
      path: 'rowLimit',
      name: 'Rows',
      description: 'Further rows are added up in one.',
      category,
      defaultValue: defaultOptions.rowLimit,
      settings: { integer: true, min: 1, max: 1000 },
    })
    .addNumberInput({
      path: 'disagreement',
      name: 'Models disagree from',
      description: 'Spread of the credits as a share of their mean, from which on a row is marked.',
      category,
      defaultValue: defaultOptions.disagreement,
      settings: { min: 0, step: 0.05 },
    });
}

function addJourneys(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  const category = ['Journeys'];
  builder
    .addNumberInput({
      path: 'pathLimit',
      name: 'Paths',
      category,
      defaultValue: defaultOptions.pathLimit,
      settings: { integer: true, min: 1, max: 50 },
    })
    .addNumberInput({
      path: 'stepLimit',
      name: 'Steps drawn',
      description: 'Of longer paths the first steps and the last are drawn.',
      category,
      defaultValue: defaultOptions.stepLimit,
      settings: { integer: true, min: 3, max: 10 },
    });
}

function addFields(builder: PanelOptionsEditorBuilder<AttributionOptions>): void {
  const category = ['Fields'];
  const picker = (part: Exclude<keyof FieldChoices, 'credits'>, name: string, filter: (field: Field) => boolean) =>
    builder.addFieldNamePicker({ path: `fields.${part}`, name, category, settings: { filter } });
  picker('name', 'Channel or campaign', texts);
  picker('model', 'Model, if rows are by model', texts);
  builder.addMultiSelect<string, SelectFieldConfigSettings<string>>({
    path: 'fields.credits',
    name: 'Credits',
    description: 'Known by name (first_touch, linear, shapley …) when empty.',
    category,
    settings: {
      options: [],
      getOptions: ({ data }) => Promise.resolve(numberFields(data)),
    },
  });
  picker('spend', 'Spend', numbers);
  picker('value', 'Value', numbers);
  picker('conversions', 'Conversions', numbers);
  picker('path', 'Path', texts);
  picker('journeys', 'Journeys', numbers);
}

function numberFields(data: DataFrame[]) {
  const names = data.flatMap((frame) =>
    frame.fields.filter(numbers).map((field) => getFieldDisplayName(field, frame, data))
  );
  return [...new Set(names)].map((name) => ({ value: name, label: name }));
}
