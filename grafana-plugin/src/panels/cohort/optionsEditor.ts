import { FieldType, type PanelOptionsEditorBuilder } from '@grafana/data';
import { defaultOptions, fieldRoles, type CohortOptions, type FieldRole } from './options';

const roleNames: Record<FieldRole, [name: string, description: string]> = {
  cohort: ['Cohort', 'Time or text that the cohorts are told apart by'],
  period: ['Period', 'Number of the period since the cohort began, from 0'],
  size: ['Size', 'Customers in the cohort'],
  retained: ['Retained', 'Customers left in the period'],
  share: ['Share', 'Share of the customers that is left'],
  revenueShare: ['Revenue share', 'Share of the first period’s revenue that is left'],
  amount: ['Amount', 'Revenue of the period'],
  mature: ['Mature', 'True once the period has ended'],
  lower: ['Lower bound', 'Of the share'],
  upper: ['Upper bound', 'Of the share'],
  benchmark: ['Benchmark', 'Share to compare with; all other cohorts unless given'],
  benchmarkLower: ['Benchmark, lower bound', ''],
  benchmarkUpper: ['Benchmark, upper bound', ''],
  benchmarkSize: ['Benchmark, size', 'Customers behind the benchmark'],
};

/** The options in Grafana's editor. */
export function addOptions(builder: PanelOptionsEditorBuilder<CohortOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: defaultOptions.view,
      settings: {
        options: [
          { value: 'heatmap', label: 'Heatmap' },
          { value: 'lines', label: 'Lines' },
        ],
      },
    })
    .addRadio({
      path: 'measure',
      name: 'Measure',
      defaultValue: defaultOptions.measure,
      settings: {
        options: [
          { value: 'percent', label: 'Percent' },
          { value: 'count', label: 'Count' },
          { value: 'revenue', label: 'Revenue' },
        ],
      },
    })
    .addBooleanSwitch({ path: 'showAverage', name: 'Weighted average', defaultValue: defaultOptions.showAverage })
    .addBooleanSwitch({ path: 'showInsights', name: 'What stands out', defaultValue: defaultOptions.showInsights });
  addTableOptions(builder);
  addComparison(builder);
  for (const role of fieldRoles) {
    const [name, description] = roleNames[role];
    builder.addFieldNamePicker({
      path: `fields.${role}`,
      name,
      description,
      category: ['Fields'],
      settings: {
        placeholderText: 'Found by name',
        filter: ({ type }) =>
          role === 'cohort' || type === FieldType.number || (role === 'mature' && type === FieldType.boolean),
      },
    });
  }
}

function addTableOptions(builder: PanelOptionsEditorBuilder<CohortOptions>): void {
  const category = ['Table'];
  const showIf = ({ view }: CohortOptions) => view === 'heatmap';
  builder
    .addBooleanSwitch({ path: 'showSize', name: 'Size', category, showIf, defaultValue: defaultOptions.showSize })
    .addRadio({
      path: 'frozenColumns',
      name: 'Frozen columns',
      description: 'First columns that stay while the others scroll',
      category,
      showIf,
      defaultValue: defaultOptions.frozenColumns,
      settings: { options: [0, 1, 2].map((value) => ({ value, label: String(value) })) },
    })
    .addRadio({
      path: 'sortBy',
      name: 'Sort by',
      category,
      showIf,
      defaultValue: defaultOptions.sortBy,
      settings: {
        options: [
          { value: 'cohort', label: 'Cohort' },
          { value: 'size', label: 'Size' },
          { value: 'period', label: 'Period' },
        ],
      },
    })
    .addNumberInput({
      path: 'sortPeriod',
      name: 'Period to sort by',
      category,
      showIf: (options) => showIf(options) && options.sortBy === 'period',
      defaultValue: defaultOptions.sortPeriod,
      settings: { min: 0, integer: true },
    })
    .addBooleanSwitch({
      path: 'descending',
      name: 'Descending',
      category,
      showIf,
      defaultValue: defaultOptions.descending,
    });
}

function addComparison(builder: PanelOptionsEditorBuilder<CohortOptions>): void {
  const category = ['Benchmark'];
  const showIf = ({ view }: CohortOptions) => view === 'heatmap';
  builder
    .addRadio({
      path: 'compare',
      name: 'Show',
      category,
      showIf,
      defaultValue: defaultOptions.compare,
      settings: {
        options: [
          { value: 'none', label: 'Values' },
          { value: 'benchmark', label: 'Difference' },
        ],
      },
    })
    .addNumberInput({
      path: 'benchmarkPeriod',
      name: 'Tested period',
      description: 'The one period at which a difference is called significant',
      category,
      showIf: (options) => showIf(options) && options.compare === 'benchmark',
      defaultValue: defaultOptions.benchmarkPeriod,
      settings: { min: 0, integer: true },
    });
}
