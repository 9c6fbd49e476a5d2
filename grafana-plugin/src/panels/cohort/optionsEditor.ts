import { FieldType, type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '../../i18n/t';
import { defaultOptions, fieldRoles, type CohortOptions, type FieldRole } from './options';

const roleNames = (): Record<FieldRole, [name: string, description: string]> => ({
  cohort: [t('fields.cohort', 'Cohort'), t('fields.cohort-what', 'Time or text that the cohorts are told apart by')],
  period: [
    t('fields.period', 'Period'),
    t('fields.period-what', 'Number of the period since the cohort began, from 0'),
  ],
  size: [t('fields.size', 'Size'), t('fields.size-what', 'Customers in the cohort')],
  retained: [t('fields.retained', 'Retained'), t('fields.retained-what', 'Customers left in the period')],
  share: [t('fields.share', 'Share'), t('fields.share-what', 'Share of the customers that is left')],
  revenueShare: [
    t('fields.revenue-share', 'Revenue share'),
    t('fields.revenue-share-what', 'Share of the first period’s revenue that is left'),
  ],
  amount: [t('fields.amount', 'Amount'), t('fields.amount-what', 'Revenue of the period')],
  mature: [t('fields.mature', 'Mature'), t('fields.mature-what', 'True once the period has ended')],
  lower: [t('fields.lower', 'Lower bound'), t('fields.lower-what', 'Of the share')],
  upper: [t('fields.upper', 'Upper bound'), t('fields.upper-what', 'Of the share')],
  benchmark: [
    t('fields.benchmark', 'Benchmark'),
    t('fields.benchmark-what', 'Share to compare with; all other cohorts unless given'),
  ],
  benchmarkLower: [t('fields.benchmark-lower', 'Benchmark, lower bound'), ''],
  benchmarkUpper: [t('fields.benchmark-upper', 'Benchmark, upper bound'), ''],
  benchmarkSize: [
    t('fields.benchmark-size', 'Benchmark, size'),
    t('fields.benchmark-size-what', 'Customers behind the benchmark'),
  ],
});

/** The options in Grafana's editor. */
export function addOptions(builder: PanelOptionsEditorBuilder<CohortOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: t('options.view', 'View'),
      defaultValue: defaultOptions.view,
      settings: {
        options: [
          { value: 'heatmap', label: t('options.heatmap', 'Heatmap') },
          { value: 'lines', label: t('options.lines', 'Lines') },
        ],
      },
    })
    .addRadio({
      path: 'measure',
      name: t('options.measure', 'Measure'),
      defaultValue: defaultOptions.measure,
      settings: {
        options: [
          { value: 'percent', label: t('options.percent', 'Percent') },
          { value: 'count', label: t('options.count', 'Count') },
          { value: 'revenue', label: t('options.revenue', 'Revenue') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showAverage',
      name: t('options.average', 'Weighted average'),
      defaultValue: defaultOptions.showAverage,
    })
    .addBooleanSwitch({
      path: 'showInsights',
      name: t('options.insights', 'What stands out'),
      defaultValue: defaultOptions.showInsights,
    });
  addTableOptions(builder);
  addComparison(builder);
  const names = roleNames();
  for (const role of fieldRoles) {
    const [name, description] = names[role];
    builder.addFieldNamePicker({
      path: `fields.${role}`,
      name,
      description,
      category: [t('categories.fields', 'Fields')],
      settings: {
        placeholderText: t('fields.by-name', 'Found by name'),
        filter: ({ type }) =>
          role === 'cohort' || type === FieldType.number || (role === 'mature' && type === FieldType.boolean),
      },
    });
  }
}

function addTableOptions(builder: PanelOptionsEditorBuilder<CohortOptions>): void {
  const category = [t('categories.table', 'Table')];
  const showIf = ({ view }: CohortOptions) => view === 'heatmap';
  builder
    .addBooleanSwitch({
      path: 'showSize',
      name: t('options.size', 'Size'),
      category,
      showIf,
      defaultValue: defaultOptions.showSize,
    })
    .addRadio({
      path: 'frozenColumns',
      name: t('options.frozen', 'Frozen columns'),
      description: t('options.frozen-what', 'First columns that stay while the others scroll'),
      category,
      showIf,
      defaultValue: defaultOptions.frozenColumns,
      settings: { options: [0, 1, 2].map((value) => ({ value, label: String(value) })) },
    })
    .addRadio({
      path: 'sortBy',
      name: t('options.sort', 'Sort by'),
      category,
      showIf,
      defaultValue: defaultOptions.sortBy,
      settings: {
        options: [
          { value: 'cohort', label: t('options.sort-cohort', 'Cohort') },
          { value: 'size', label: t('options.sort-size', 'Size') },
          { value: 'period', label: t('options.sort-period', 'Period') },
        ],
      },
    })
    .addNumberInput({
      path: 'sortPeriod',
      name: t('options.period-sorted-by', 'Period to sort by'),
      category,
      showIf: (options) => showIf(options) && options.sortBy === 'period',
      defaultValue: defaultOptions.sortPeriod,
      settings: { min: 0, integer: true },
    })
    .addBooleanSwitch({
      path: 'descending',
      name: t('options.descending', 'Descending'),
      category,
      showIf,
      defaultValue: defaultOptions.descending,
    });
}

function addComparison(builder: PanelOptionsEditorBuilder<CohortOptions>): void {
  const category = [t('categories.benchmark', 'Benchmark')];
  const showIf = ({ view }: CohortOptions) => view === 'heatmap';
  builder
    .addRadio({
      path: 'compare',
      name: t('options.compare', 'Show'),
      category,
      showIf,
      defaultValue: defaultOptions.compare,
      settings: {
        options: [
          { value: 'none', label: t('options.values', 'Values') },
          { value: 'benchmark', label: t('options.difference', 'Difference') },
        ],
      },
    })
    .addNumberInput({
      path: 'benchmarkPeriod',
      name: t('options.tested', 'Tested period'),
      description: t('options.tested-what', 'The one period at which a difference is called significant'),
      category,
      showIf: (options) => showIf(options) && options.compare === 'benchmark',
      defaultValue: defaultOptions.benchmarkPeriod,
      settings: { min: 0, integer: true },
    });
}
