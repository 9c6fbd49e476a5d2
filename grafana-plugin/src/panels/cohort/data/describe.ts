import { points, type Formats } from '../format';
import type { Average } from './averages';
import { benchmarkOf, type Benchmark } from './benchmark';
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
    title: `${cohort.label}, ${model.periodName} ${model.periods[at.period] ?? ''}`,
    lines: [
      ...figures(cell, model, formats),
      ...(cell.mature ? [] : [{ name: 'Unfinished', value: `this ${model.periodName} has not ended` }]),
      ...(benchmark ? comparison(cell, at, average, benchmark, formats) : []),
    ],
  };
}

export function describeAverage(model: CohortModel, formats: Formats, at: number, average: Average): Description {
  const weight = model.basis === 'customers' ? [{ name: 'Customers', value: formats.size(average.weight) }] : [];
  return {
    title: `Weighted average, ${model.periodName} ${model.periods[at] ?? ''}`,
    lines: [
      { name: shareName(model), value: average.share === null ? formats.noValue : formats.share(average.share) },
      ...weight,
      { name: 'Cohorts that have ended it', value: formats.size(average.cohorts) },
    ],
  };
}

function figures(cell: Cell, model: CohortModel, formats: Formats): Description['lines'] {
  const { share, shown, count, size } = cell;
  const lines = [];
  if (model.quantity === 'amount') {
    lines.push({ name: 'Amount', value: shown === null ? formats.noValue : formats.shown(shown).text });
  }
  lines.push({ name: shareName(model), value: share === null ? formats.noValue : formats.share(share) });
  if (model.basis === 'customers' && count !== null && size !== null) {
    lines.push({ name: 'Customers', value: `${formats.size(Math.round(count))} of ${formats.size(size)}` });
  }
  const interval = intervalOf(cell, model.basis);
  if (interval && cell.mature) {
    lines.push({ name: '95% interval', value: range(interval.lower, interval.upper, formats.share) });
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
    { name: cell.benchmark ? 'Benchmark' : 'All others', value: formats.share(other) },
    { name: 'Difference', value: `${points(cell.share - other)} points` },
  ];
  const test = at.period === index ? tested[at.cohort] : undefined;
  if (test) {
    lines.push(
      { name: 'Its 95% interval', value: range(test.lower, test.upper, points) },
      { name: 'Adjusted p', value: `${test.q < 0.001 ? 'under 0.001' : test.q.toFixed(3)}, ${test.verdict}` }
    );
  }
  return lines;
}

const shareName = ({ basis }: CohortModel) => (basis === 'money' ? 'Revenue retention' : 'Retention');

const range = (lower: number, upper: number, text: (value: number) => string) => `${text(lower)} to ${text(upper)}`;
