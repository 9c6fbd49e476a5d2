import { createDataFrame, FieldType, ThresholdsMode } from '@grafana/data';
import { plugin } from '../../src/panels/cohort/module';
import type { CohortOptions } from '../../src/panels/cohort/options';
import { cohortRows, longFrame, type CohortShape } from '../fixtures/cohorts';
import type { PanelScene, Scene } from '../src/scene';

interface More extends Partial<Omit<PanelScene, 'options'>> {
  options?: Partial<CohortOptions>;
}

function scene(id: string, title: string, frames: PanelScene['frames'], more: More = {}): Scene {
  return { id: `cohort-${id}`, title, plugin, frames, ...more };
}

const months = (shape: CohortShape) => (turn: number) => [longFrame(cohortRows({ ...shape, turn }))];
const usual = months({ cohorts: 24, periods: 24 });

const wide = () => [
  createDataFrame({
    fields: [
      { name: 'Plan', type: FieldType.string, values: ['Monthly', 'Quarterly', 'Yearly'] },
      { name: 'Size', type: FieldType.number, values: [1204, 388, 951] },
      { name: 'Month 0', type: FieldType.number, values: [1204, 388, 951] },
      { name: 'Month 1', type: FieldType.number, values: [1011, 371, 948] },
      { name: 'Month 2', type: FieldType.number, values: [842, 360, null] },
    ],
  }),
];

const odd = () => [
  createDataFrame({
    fields: [
      {
        name: 'cohort',
        type: FieldType.string,
        values: ['Huge', 'Huge', 'Negative', 'Negative', 'Nothing', null, 'Backwards'],
      },
      { name: 'period', type: FieldType.number, values: [0, 1, 0, 1, 0, 1, -1] },
      { name: 'size', type: FieldType.number, values: [9e15, 9e15, -5, 40, 0, 10, 10] },
      { name: 'retained', type: FieldType.number, values: [9e15, 1e300, 3, -2, 0, 10, 10] },
    ],
  }),
];

const many = () => [longFrame(cohortRows({ cohorts: 10_000, periods: 13 }))];

const links = [
  {
    title: 'Customers of this cell',
    url: '/a/fairunderwriting-analytics-app/churn?cohort=${__data.fields.cohort.time}',
  },
  { title: 'Cohort explorer', url: '/a/fairunderwriting-analytics-app/cohorts' },
];

export const scenes: Scene[] = [
  scene('24x24', 'Retention by month of first payment', usual),
  scene('36x36', 'Thirty-six months', months({ cohorts: 36, periods: 36, square: true })),
  scene('120x120', 'Ten years of months', months({ cohorts: 120, periods: 120, square: true })),
  scene('10000', 'Ten thousand cohorts', many),
  scene('count', 'Paying customers', usual, { options: { measure: 'count', sortBy: 'size', descending: true } }),
  scene('revenue', 'MRR by cohort', usual, {
    options: { measure: 'revenue' },
    fieldConfig: {
      defaults: {},
      overrides: [
        {
          matcher: { id: 'byName', options: 'MRR' },
          properties: [
            { id: 'unit', value: 'currencyUSD' },
            { id: 'decimals', value: 0 },
          ],
        },
      ],
    },
  }),
  scene('benchmark', 'Difference from all other cohorts', usual, { options: { compare: 'benchmark' } }),
  scene('lines', 'Retention curves', usual, { options: { view: 'lines' } }),
  scene('thresholds', 'Under 50% in red', usual, {
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: 0,
        thresholds: {
          mode: ThresholdsMode.Absolute,
          steps: [
            { value: -Infinity, color: 'red' },
            { value: 0.5, color: 'yellow' },
            { value: 0.75, color: 'green' },
          ],
        },
      },
      overrides: [],
    },
  }),
  scene('links', 'Cells that lead to the customers', usual, { fieldConfig: { defaults: { links }, overrides: [] } }),
  scene('wide', 'One row for each plan', wide),
  scene('one', 'One cohort', months({ cohorts: 1, periods: 1 })),
  scene('odd', 'Numbers that cannot be', odd),
  scene('empty', 'No data', () => []),
  scene('wrong', 'Not a cohort', () => [
    createDataFrame({ fields: [{ name: 'cpu', type: FieldType.number, values: [1, 2, 3] }] }),
  ]),
];
