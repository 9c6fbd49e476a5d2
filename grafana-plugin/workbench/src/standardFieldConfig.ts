import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldType,
  identityOverrideProcessor,
  numberOverrideProcessor,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  ThresholdsMode,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type FieldConfigPropertyItem,
} from '@grafana/data';

function property(
  id: string,
  process: FieldConfigPropertyItem['process'],
  more: Partial<FieldConfigPropertyItem> = {}
): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name: id,
    process,
    shouldApply: () => true,
    editor: () => null,
    override: () => null,
    ...more,
  };
}

const ofNumbers = { shouldApply: ({ type }: { type: FieldType }) => type === FieldType.number };

const thresholds = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

/** The standard options of fields, with the defaults that Grafana gives them. */
export const standardFieldConfig: FieldConfigPropertyItem[] = [
  property('unit', unitOverrideProcessor, ofNumbers),
  property('min', numberOverrideProcessor, ofNumbers),
  property('max', numberOverrideProcessor, ofNumbers),
  property('fieldMinMax', booleanOverrideProcessor, ofNumbers),
  property('decimals', numberOverrideProcessor, ofNumbers),
  property('displayName', displayNameOverrideProcessor),
  property('color', identityOverrideProcessor, { defaultValue: { mode: 'thresholds' } }),
  property('noValue', stringOverrideProcessor),
  property('links', dataLinksOverrideProcessor),
  property('actions', dataLinksOverrideProcessor),
  property('mappings', valueMappingsOverrideProcessor, { defaultValue: [] }),
  property('thresholds', thresholdsOverrideProcessor, { defaultValue: thresholds }),
];
