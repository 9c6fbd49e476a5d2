import { getPanelDataSummary, PanelOptionsEditorBuilder, standardEditorsRegistry } from '@grafana/data';
import { frameOf } from './data/testFrames';
import { addOptions } from './editor';
import { defaultOptions, type AttributionOptions } from './options';
import { suggest } from './suggestions';

const editors = ['select', 'multi-select', 'radio', 'boolean', 'number', 'field-name'];
standardEditorsRegistry.setInit(() => editors.map((id) => ({ id, name: id, editor: () => null })));

test('is suggested for channels with credits and for journeys only', () => {
  const names = (...columns: Array<Record<string, unknown[]>>) =>
    suggest(getPanelDataSummary(columns.map((each) => frameOf(each)))).map(({ name }) => name);
  expect(names({ channel: ['a'], linear: [1] })).toEqual(['Attribution by channel']);
  expect(names({ channel: ['a'], linear: [1], shapley: [1] })).toEqual([
    'Attribution by channel',
    'Attribution models side by side',
  ]);
  expect(names({ path: ['a'], journeys: [1] })).toEqual(['Customer journeys']);
  expect(names({ lab: ['a'], tests: [1] })).toEqual([]);
});

test('offers each option with its default', () => {
  const builder = new PanelOptionsEditorBuilder<AttributionOptions>();
  addOptions(builder);
  const given = Object.fromEntries(builder.getItems().map(({ path, defaultValue }) => [path, defaultValue]));
  expect(given).toMatchObject(defaultOptions);
});

test('offers the models and number fields that the data has', async () => {
  const builder = new PanelOptionsEditorBuilder<AttributionOptions>();
  addOptions(builder);
  const data = [frameOf({ channel: ['a'], linear: [1], spend: [2] })];
  const offered = (path: string) =>
    builder
      .getItems()
      .find((item) => item.path === path)
      ?.settings?.getOptions({ data });
  expect(await offered('model')).toEqual([{ value: 'linear', label: 'Linear' }]);
  expect(await offered('fields.credits')).toEqual([
    { value: 'linear', label: 'linear' },
    { value: 'spend', label: 'spend' },
  ]);
});
