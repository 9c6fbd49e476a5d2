import { createDataFrame, getPanelDataSummary, type DataFrame } from '@grafana/data';
import { suggestCohorts } from './suggestions';
import { countsFrame } from './testSupport';

const suggest = (frames: DataFrame[]) =>
  suggestCohorts(getPanelDataSummary(frames))?.map(({ options }) => options?.view);

test('suggests itself for cohorts and for nothing else', () => {
  const cohorts = countsFrame([
    { cohort: 'A', size: 10, retained: [10, 5] },
    { cohort: 'B', size: 10, retained: [10] },
  ]);
  expect(suggest([cohorts])).toEqual(['heatmap', 'lines']);
  expect(suggest([])).toBeUndefined();
  expect(suggest([countsFrame([{ cohort: 'A', size: 10, retained: [10, 5] }])])).toBeUndefined();
  const cpu = createDataFrame({
    fields: [
      { name: 'time', values: [1, 2, 3] },
      { name: 'cpu', values: [1, 2, 3] },
    ],
  });
  expect(suggest([cpu])).toBeUndefined();
});
