import { knownModels, type Measure } from './measures';

const synonyms: Readonly<Record<string, Measure>> = {
  credit: 'credit',
  credits: 'credit',
  spend: 'spend',
  cost: 'spend',
  ad_spend: 'spend',
  value: 'value',
  credited_value: 'value',
  revenue: 'value',
  cac: 'cac',
  cpa: 'cac',
  cost_per_conversion: 'cac',
  roas: 'roas',
  roi: 'roi',
  roi_lower: 'roi_lower',
  roi_upper: 'roi_upper',
  ltv: 'ltv',
  ltv_realised: 'ltv',
  lifetime_value: 'ltv',
  conversions: 'conversions',
  clicks: 'clicks',
  impressions: 'impressions',
  conversion_rate: 'conversion_rate',
};

const namesOf = {
  campaign: ['campaign', 'campaign_name'],
  channel: ['channel', 'name', 'source', 'utm_source'],
  model: ['model', 'attribution_model'],
  status: ['status', 'campaign_status'],
  mature: ['is_mature', 'mature'],
  path: ['path', 'journey'],
  journeys: ['journeys'],
  touches: ['touches_to_convert'],
  days: ['days_to_convert'],
} as const;

export type Part = keyof typeof namesOf;

/** `attribution.CAC, first touch` and `cac_first_touch` alike: lower case, words joined by underscores, without the view. */
export function normalise(name: string): string {
  const member = /^\w+\.\w+$/.test(name) ? name.slice(name.indexOf('.') + 1) : name;
  return member
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

export function isNamed(name: string, part: Part): boolean {
  return (namesOf[part] as readonly string[]).includes(normalise(name));
}

export interface Recognised {
  measure: Measure;
  model?: string;
}

/** The measure, and the model if any, that a field's name stands for: `roi_linear_lower` is the lower ROI of `linear`. */
export function recognise(name: string): Recognised | undefined {
  const words = `_${normalise(name)}_`;
  const model = knownModels.find((known) => words.includes(`_${known}_`));
  const rest = (model === undefined ? words : words.replace(`_${model}_`, '_')).replace(/^_+|_+$/g, '');
  if (model !== undefined && (rest === '' || rest === 'conversions')) {
    return { measure: 'credit', model };
  }
  const measure = Object.hasOwn(synonyms, rest) ? synonyms[rest] : undefined;
  if (measure === undefined) {
    return undefined;
  }
  return model === undefined ? { measure } : { measure, model };
}
