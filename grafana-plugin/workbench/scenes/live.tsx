import { plugin } from '../../src/panels/cohort/module';
import { askCube } from '../src/liveCube';
import type { Scene } from '../src/scene';

const view = 'cohorts_paying';
const members = (...names: string[]) => names.map((name) => `${view}.${name}`);

export const scenes: Scene[] = [
  {
    id: 'live-cohorts-paying',
    title: 'Cohorts of subscribers, from the running Cube',
    live: true,
    plugin,
    frames: () =>
      askCube({
        measures: members('cohort_size', 'paying', 'retention_rate', 'retention_low', 'retention_high'),
        dimensions: members('period', 'is_mature'),
        timeDimensions: [{ dimension: `${view}.cohort_month`, granularity: 'month' }],
        limit: 10_000,
      }),
  },
];
