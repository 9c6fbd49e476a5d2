import { t } from '../../../i18n/t';
import { points, type Formats } from '../format';
import type { Average } from './averages';
import { benchmarkOf, type Benchmark, type Comparison } from './benchmark';
import { intervalOf } from './intervals';
import type { Cell, CohortModel } from './model';

/** What a person is told about one cell. */
export interface Description {
  title: string;
  lines: Array<{ name: string; value: string }>;
}

export function describeCell(
  model: CohortModel,
  formats: Formats,
  at: { cohort: number; period: number },
  average: Average | undefined,
  benchmark: Benchmark | undefined
): Description | undefined {
  const cohort = model.cohorts[at.cohort];
  const cell = cohort?.cells[at.period];
  if (!cohort || !cell) {
    return undefined;
  }
  return {
    title: t('details.title', '{{cohort}}, {{unit}} {{number}}', {
      cohort: cohort.label,
      ...periodAt(model, at.period),
    }),
    lines: [
      ...figures(cell, model, formats),
      ...(cell.mature ? [] : [unfinished(model)]),
      ...(benchmark ? comparison(cell, at, average, benchmark, formats) : []),
    ],
  };
}

export function describeAverage(model: CohortModel, formats: Formats, at: number, average: Average): Description {
  const weight =
    model.basis === 'customers'
      ? [{ name: t('details.customers', 'Customers'), value: formats.size(average.weight) }]
      : [];
  return {
    title: t('details.average-title', 'Weighted average, {{unit}} {{number}}', periodAt(model, at)),
    lines: [
      { name: shareName(model), value: average.share === null ? formats.noValue : formats.share(average.share) },
      ...weight,
      { name: t('details.cohorts', 'Cohorts that have ended it'), value: formats.size(average.cohorts) },
    ],
  };
}

function figures(cell: Cell, model: CohortModel, formats: Formats): Description['lines'] {
  const { share, shown, count, size } = cell;
  const lines = [];
  if (model.quantity === 'amount') {
    lines.push({
      name: t('details.amount', 'Amount'),
      value: shown === null ? formats.noValue : formats.shown(shown).text,
    });
  }
  lines.push({ name: shareName(model), value: share === null ? formats.noValue : formats.share(share) });
  if (model.basis === 'customers' && count !== null && size !== null) {
    lines.push({
      name: t('details.customers', 'Customers'),
      value: t('details.left', '{{left}} of {{size}}', {
        left: formats.size(Math.round(count)),
        size: formats.size(size),
      }),
    });
  }
  const interval = intervalOf(cell, model.basis);
  if (interval && cell.mature) {
    lines.push({
      name: t('details.interval', '95% interval'),
      value: range(interval.lower, interval.upper, formats.share),
    });
  }
  return lines;
}

function comparison(
  cell: Cell,
  at: { cohort: number; period: number },
  average: Average | undefined,
  { tested, index }: Benchmark,
  formats: Formats
): Description['lines'] {
  const other = benchmarkOf(cell, average);
  if (other === null || cell.share === null || !cell.mature) {
    return [];
  }
  const lines = [
    {
      name: cell.benchmark ? t('details.benchmark', 'Benchmark') : t('details.others', 'All others'),
      value: formats.share(other),
    },
    {
      name: t('details.difference', 'Difference'),
      value: t('details.points', '{{difference}} points', { difference: points(cell.share - other) }),
    },
  ];
  const test = at.period === index ? tested[at.cohort] : undefined;
  if (test) {
    lines.push(
      { name: t('details.difference-interval', 'Its 95% interval'), value: range(test.lower, test.upper, points) },
      { name: t('details.adjusted-p', 'Adjusted p'), value: verdictOf(test) }
    );
  }
  return lines;
}

function verdictOf({ q, verdict }: Comparison): string {
  const p = q < 0.001 ? t('details.under', 'under 0.001') : q.toFixed(3);
  switch (verdict) {
    case 'above':
      return t('details.above', '{{p}}, above', { p });
    case 'below':
      return t('details.below', '{{p}}, below', { p });
    default:
      return t('details.not-significant', '{{p}}, not significant', { p });
  }
}

const periodAt = ({ periodName, periods }: CohortModel, at: number) => ({
  unit: periodName,
  number: periods[at] ?? '',
});

const unfinished = ({ periodName }: CohortModel) => ({
  name: t('details.unfinished', 'Unfinished'),
  value: t('details.not-ended', 'this {{unit}} has not ended', { unit: periodName }),
});

const shareName = ({ basis }: CohortModel) =>
  basis === 'money' ? t('details.revenue-retention', 'Revenue retention') : t('details.retention', 'Retention');

const range = (lower: number, upper: number, text: (value: number) => string) =>
  t('details.range', '{{lower}} to {{upper}}', { lower: text(lower), upper: text(upper) });
