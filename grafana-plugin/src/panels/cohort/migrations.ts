import { defaultOptions, fieldRoles, type CohortOptions, type FieldNames } from './options';

const choices = {
  view: ['heatmap', 'lines'],
  measure: ['percent', 'count', 'revenue'],
  compare: ['none', 'benchmark'],
  sortBy: ['cohort', 'size', 'period'],
} as const;

/**
 * Makes saved options usable: a dashboard may have been written by hand or by a newer version. What is missing or
 * unknown takes its default; other keys are dropped.
 */
export function migrateOptions({ options }: { options: unknown }): CohortOptions {
  const saved = isRecord(options) ? options : {};
  const choose = <Key extends keyof typeof choices>(key: Key) =>
    choices[key].find((choice) => choice === saved[key]) ?? defaultOptions[key];
  const flag = (key: 'descending' | 'showSize' | 'showAverage' | 'showInsights') => {
    const value = saved[key];
    return typeof value === 'boolean' ? value : defaultOptions[key];
  };
  const whole = (key: 'benchmarkPeriod' | 'sortPeriod' | 'frozenColumns', most: number) => {
    const value = saved[key];
    const usable = typeof value === 'number' && Number.isInteger(value) && value >= 0;
    return usable ? Math.min(value, most) : defaultOptions[key];
  };
  return {
    view: choose('view') as CohortOptions['view'],
    measure: choose('measure') as CohortOptions['measure'],
    compare: choose('compare') as CohortOptions['compare'],
    benchmarkPeriod: whole('benchmarkPeriod', Number.MAX_SAFE_INTEGER),
    sortBy: choose('sortBy') as CohortOptions['sortBy'],
    sortPeriod: whole('sortPeriod', Number.MAX_SAFE_INTEGER),
    descending: flag('descending'),
    frozenColumns: whole('frozenColumns', 2),
    showSize: flag('showSize'),
    showAverage: flag('showAverage'),
    showInsights: flag('showInsights'),
    fields: fieldNames(saved['fields']),
  };
}

function fieldNames(saved: unknown): FieldNames {
  const names: FieldNames = {};
  for (const role of fieldRoles) {
    const name = isRecord(saved) ? saved[role] : undefined;
    if (typeof name === 'string' && name !== '') {
      names[role] = name;
    }
  }
  return names;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
