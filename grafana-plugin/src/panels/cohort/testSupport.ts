import { createDataFrame, FieldType, type DataFrame, type FieldConfig } from '@grafana/data';
import { readCohorts } from './data/readCohorts';
import type { CohortModel } from './data/model';
import { defaultOptions, type CohortOptions, type Measure } from './options';

export interface Standing {
  cohort: string;
  size: number;
  /** Customers left in each period from 0 on. */
  retained: number[];
  /** How many of the last periods have not ended. */
  unfinished?: number;
}

/** A frame of the long form with counts. */
export function countsFrame(standings: Standing[], config: FieldConfig = {}): DataFrame {
  const rows = standings.flatMap(({ cohort, size, retained, unfinished = 0 }) =>
    retained.map((left, period) => ({ cohort, size, left, period, mature: period < retained.length - unfinished }))
  );
  return createDataFrame({
    fields: [
      { name: 'cohort', type: FieldType.string, values: rows.map(({ cohort }) => cohort) },
      { name: 'period', type: FieldType.number, values: rows.map(({ period }) => period) },
      { name: 'size', type: FieldType.number, values: rows.map(({ size }) => size) },
      { name: 'retained', type: FieldType.number, config, values: rows.map(({ left }) => left) },
      { name: 'mature', type: FieldType.boolean, values: rows.map(({ mature }) => mature) },
    ],
  });
}

export function modelOf(standings: Standing[], measure: Measure = 'percent', config?: FieldConfig): CohortModel {
  return readCohorts([countsFrame(standings, config)], { ...defaultOptions, measure } satisfies CohortOptions, 'utc');
}
