import { ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';

/** Colours by value, from low to high: the first colour, then from which value on another holds. */
export type Scale = [first: string, ...steps: [from: number, color: string][]];

export const neutral: Scale = ['text'];

/** At least so much is good; a little less is to be watched. */
export const atLeast = (good: number, watched = good * 0.95): Scale => ['red', [watched, 'orange'], [good, 'green']];

/** A step holds from its value on, so what is just good must lie below it. */
const above = (value: number) => value + 1e-9;

/** At most so much is good; up to `watched` is to be watched. */
export const atMost = (good: number, watched = good * 1.1): Scale => [
  'green',
  [above(good), 'orange'],
  [above(watched), 'red'],
];

export function scale([first, ...steps]: Scale): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: first }, ...steps.map(([value, color]) => ({ value, color }))]);
}
