import { FieldType, toDataFrame, ThresholdsMode, type DataFrame, type FieldConfigSource } from '@grafana/data';
import { plugin } from '../../src/panels/attribution/module';
import type { AttributionOptions } from '../../src/panels/attribution/options';
import { channelFrame, channels, journeyFrame, manyChannels, totalsFrame } from '../fixtures/attribution';
import { askCube } from '../src/liveCube';
import type { Scene } from '../src/scene';

/** Total of the fixture's credits under each model. */
const conversions = 308;

function panel(
  name: string,
  title: string,
  frames: () => DataFrame[] | Promise<DataFrame[]>,
  options: Partial<AttributionOptions> = {},
  fieldConfig?: FieldConfigSource
): Scene {
  return {
    id: `attribution-${name}`,
    title: `Attribution: ${title}`,
    plugin,
    frames,
    options,
    fieldConfig,
    height: 520,
  };
}

const all = () => [channelFrame(), totalsFrame(conversions), journeyFrame()];

const thresholds: FieldConfigSource = {
  defaults: {},
  overrides: [
    {
      matcher: { id: 'byName', options: 'Spend' },
      properties: [
        { id: 'color', value: { mode: 'thresholds' } },
        { id: 'decimals', value: 0 },
        {
          id: 'thresholds',
          value: {
            mode: ThresholdsMode.Absolute,
            steps: [
              { value: -Infinity, color: 'green' },
              { value: 30_000, color: 'red' },
            ],
          },
        },
      ],
    },
  ],
};

const extreme = () =>
  toDataFrame({
    fields: [
      { name: 'channel', type: FieldType.string, values: ['huge', 'negative', 'undefined', null] },
      { name: 'linear', type: FieldType.number, values: [9.1e15, -12, NaN, null] },
      { name: 'shapley', type: FieldType.number, values: [9.1e15, 1e-9, Infinity, 4] },
      { name: 'spend', type: FieldType.number, config: { unit: 'currencyUSD' }, values: [1e18, -5, 0, null] },
    ],
  });

export const scenes: Scene[] = [
  panel('channels', 'channels', all),
  panel('thresholds', 'thresholds on spend', all, { view: 'channels' }, thresholds),
  panel('models', 'models side by side', all, { view: 'models' }),
  panel('journeys', 'journeys', all, { view: 'journeys' }),
  panel('recommendations', 'recommendations', all, { view: 'recommendations', model: 'linear' }),
  panel('one', 'one channel', () => [channelFrame(channels.slice(0, 1))]),
  panel('huge', '10,000 channels', () => [manyChannels(10_000)]),
  panel('unreconciled', 'credits that do not add up', () => [
    channelFrame(channels.slice(0, 4)),
    totalsFrame(conversions),
  ]),
  panel('extreme', 'extreme numbers', () => [extreme()]),
  panel('empty', 'no data', () => []),
  panel('error', 'wrong shape', () => [
    toDataFrame({
      fields: [
        { name: 'time', type: FieldType.time, values: [0] },
        { name: 'mrr', values: [1] },
      ],
    }),
  ]),
  {
    ...panel('live', 'live', async () => {
      const frames = await askCube({
        measures: [
          ...[
            'first_touch',
            'last_touch',
            'linear',
            'time_decay',
            'position_based',
            'conversions',
            'spend',
            'clicks',
          ].map((measure) => `attribution.${measure}`),
        ],
        dimensions: ['attribution.channel'],
        limit: 1000,
      });
      return [...frames, ...(await askCube({ measures: ['attribution.conversions'] }))];
    }),
    live: true,
  },
];
