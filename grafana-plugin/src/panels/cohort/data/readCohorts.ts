import { FieldType, type DataFrame, type Field } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '../../../i18n/t';
import type { CohortOptions } from '../options';
import { cellOf, sourcesOf, type Sources } from './cells';
import { readCohortKeys } from './cohortLabels';
import { findFields, type RoleFields } from './fields';
import { longRows, type Row } from './longRows';
import { DataProblem, type Cohort, type CohortModel } from './model';
import { periodUnit } from './periodUnit';
import { findWideFields, wideRows } from './wideRows';

export const LIMITS = { rows: 500_000, periods: 1_000 };

const shapes = () =>
  t(
    'problems.shapes',
    'Give one row for each cohort and period (fields cohort, period, size and value), or one row for each cohort with a number field for each period.'
  );

type ReadOptions = Pick<CohortOptions, 'measure' | 'fields'>;

interface Part {
  fields: RoleFields;
  cohort: Field;
  rows: Row[];
}

/**
 * Reads cohorts from data frames in the long or the wide form; several frames are put together.
 * @throws DataProblem with words for the user when they cannot be shown
 */
export function readCohorts(frames: DataFrame[], options: ReadOptions, timeZone: TimeZone): CohortModel {
  const filled = frames.filter(({ length }) => length > 0);
  if (filled.length === 0) {
    throw new DataProblem(t('problems.no-data', 'There is no data in this time range and with these filters.'));
  }
  const total = filled.reduce((sum, { length }) => sum + length, 0);
  if (total > LIMITS.rows) {
    throw new DataProblem(
      t(
        'problems.rows',
        '{{count, number}} rows are more than this panel shows ({{most, number}}): group by longer periods or filter.',
        { count: total, most: LIMITS.rows }
      )
    );
  }
  const parts = filled.map((frame) => readFrame(frame, options));
  const [first] = parts;
  if (!first) {
    throw new DataProblem(shapes());
  }
  const sources = sourcesOf(first.fields, first.rows, options.measure);
  return build(parts, sources, timeZone);
}

function readFrame(frame: DataFrame, options: ReadOptions): Part {
  const fields = findFields(frame, options.fields ?? {});
  const { cohort, period, share, retained, amount, revenueShare } = fields;
  if (!cohort) {
    throw new DataProblem(
      t('problems.no-cohort', 'There is no cohort: a time or text field. {{shapes}}', { shapes: shapes() })
    );
  }
  const value = share ?? retained ?? amount ?? revenueShare;
  if (period && value) {
    return { fields, cohort, rows: longRows(frame, fields, value) };
  }
  const wide = period ? undefined : findWideFields(frame, fields);
  if (wide) {
    return { fields: { ...fields, [wide.role]: wide.first }, cohort, rows: wideRows(frame, fields, wide) };
  }
  throw new DataProblem(
    period
      ? t(
          'problems.no-value',
          'There is nothing to show: no field of shares, counts or amounts beside the period. {{shapes}}',
          { shapes: shapes() }
        )
      : t('problems.no-period', 'There is no period: a number field such as "period" or "Months since". {{shapes}}', {
          shapes: shapes(),
        })
  );
}

function build(parts: Part[], sources: Sources, timeZone: TimeZone): CohortModel {
  const cohorts = new Map<string, { label: string; order: number; rows: Map<number, Row> }>();
  const periods = new Set<number>();
  let leftOut = 0;
  let periodName: string | undefined;
  for (const { cohort, rows } of parts) {
    const keys = readCohortKeys(cohort, timeZone);
    periodName ??= keys.periodName;
    for (const row of rows) {
      const key = keys.keyAt(row.row);
      if (key === null || row.period === null || row.period < 0) {
        leftOut += 1;
        continue;
      }
      let found = cohorts.get(key);
      if (!found) {
        const order = cohort.type === FieldType.time ? Number(key) : cohorts.size;
        found = { label: keys.labelAt(row.row), order, rows: new Map() };
        cohorts.set(key, found);
      }
      if (found.rows.has(row.period)) {
        throw new DataProblem(
          t(
            'problems.twice',
            '{{cohort}} has more than one row for period {{period}}: another field divides it. Leave that field out of the query, filter it to one value, or make it the cohort.',
            { cohort: found.label, period: row.period }
          )
        );
      }
      found.rows.set(row.period, row);
      periods.add(row.period);
    }
  }
  if (cohorts.size === 0) {
    throw new DataProblem(t('problems.no-row', 'No row has both a cohort and a period of at least 0.'));
  }
  if (periods.size > LIMITS.periods) {
    throw new DataProblem(
      t(
        'problems.periods',
        '{{count, number}} periods are more than this panel shows ({{most, number}}): count in longer ones.',
        { count: periods.size, most: LIMITS.periods }
      )
    );
  }
  const ordered = [...periods].sort((a, b) => a - b);
  const notes = leftOut > 0 ? [leftOutNote(leftOut)] : [];
  const odd = { count: 0 };
  const list: Cohort[] = [...cohorts]
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([key, { label, rows }]) => {
      const start = rows.get(ordered[0] ?? 0);
      const cells = ordered.map((period) => {
        const row = rows.get(period);
        return row && cellOf(row, start, sources, odd);
      });
      const size = cells.find((cell) => cell !== undefined && cell.size !== null)?.size ?? null;
      return { key, label, size, cells };
    });
  if (odd.count > 0) {
    notes.push(oddNote(odd.count));
  }
  const cohort = parts[0]?.cohort;
  return {
    cohorts: list,
    periods: ordered,
    quantity: sources.quantity,
    basis: sources.basis,
    periodName: periodUnit(periodWord(parts[0]?.fields.period) ?? periodName),
    cohortTitle:
      cohort?.config.displayName ?? cohort?.config.displayNameFromDS ?? cohort?.name ?? t('table.cohort', 'Cohort'),
    sizeField: sources.size,
    shownField: sources.shown,
    shareField: sources.share,
    notes: [...notes, ...sources.notes],
  };
}

const leftOutNote = (count: number) =>
  t('notes.left-out', '{{count, number}} rows without a cohort or with a period below 0 left out.', {
    count,
    defaultValue_one: '{{count, number}} row without a cohort or with a period below 0 left out.',
  });

const oddNote = (count: number) =>
  t(
    'notes.odd',
    '{{count, number}} rows with a negative size or count, or with more retained than the size: check the query.',
    {
      count,
      defaultValue_one:
        '{{count, number}} row with a negative size or count, or with more retained than the size: check the query.',
    }
  );

function periodWord(field: Field | undefined): string | undefined {
  const text = `${field?.config.displayName ?? ''} ${field?.config.displayNameFromDS ?? ''} ${field?.name ?? ''}`;
  return /(month|week|day|quarter|year)/i.exec(text)?.[1]?.toLowerCase();
}
