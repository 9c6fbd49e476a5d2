/** What a column of an attribution table can hold. */
export const measures = [
  'credit',
  'spend',
  'value',
  'cac',
  'roas',
  'roi',
  'roi_lower',
  'roi_upper',
  'ltv',
  'conversions',
  'clicks',
  'impressions',
  'conversion_rate',
] as const;

export type Measure = (typeof measures)[number];

/** Measures whose sum over channels means something. */
export const additive: readonly Measure[] = ['credit', 'spend', 'value', 'clicks', 'impressions'];

/** Measures that belong to the channel, whatever the model. */
export const ofChannel: readonly Measure[] = ['spend', 'conversions', 'clicks', 'impressions'];

/** A measure, of one model where it differs by model: `credit:linear`, `spend`. */
export type Slot = string;

export function slot(measure: Measure, model?: string): Slot {
  return model === undefined ? measure : `${measure}:${model}`;
}

export function measureOf(name: Slot): Measure {
  return name.split(':', 1)[0] as Measure;
}

/** The usual models, in the order in which they are shown. */
export const knownModels = [
  'first_touch',
  'last_touch',
  'linear',
  'time_decay',
  'position_based',
  'markov',
  'shapley',
] as const;

export type KnownModel = (typeof knownModels)[number];
