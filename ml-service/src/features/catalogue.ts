import type { FeatureSpec, RawValue } from '../data/encoding.ts';
import { count, fixed, percent, rated, whether } from './phrases.ts';

/** What the churn model may look at: each feature as it is computed by features.sql, under the same name. */
export interface Feature extends FeatureSpec {
  readonly title: string;
  readonly description: string;
  readonly unit: 'days' | 'count' | 'share' | 'rating' | 'currency a month' | null;
  /** Of numbers: least and greatest value that makes sense; null where there is no limit. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Of categories: every level; null where the model's own levels are all there are. */
  readonly levels: readonly string[] | null;
  /** Health data, a feature only where the switch is on and shown only to roles that may see it. */
  readonly isSensitive: boolean;
  /** The value in words, as the beginning of a sentence. */
  readonly phrase: (value: RawValue) => string;
}

interface Limits {
  readonly unit: NonNullable<Feature['unit']>;
  readonly minimum?: number | null;
  readonly maximum?: number;
}

type Names = readonly [name: string, title: string, description: string];

function numeric([name, title, description]: Names, limits: Limits, known: (value: number) => string, missing: string) {
  const { unit, minimum = 0, maximum = null } = limits;
  const phrase = (value: RawValue) => (typeof value === 'number' ? known(value) : missing);
  return {
    name,
    kind: 'number',
    title,
    description,
    unit,
    minimum,
    maximum,
    levels: null,
    isSensitive: false,
    phrase,
  } as const;
}

function yesNo([name, title, description]: Names, yes: string, no: string, missing: string) {
  const phrase = whether(yes, no, missing);
  return {
    name,
    kind: 'boolean',
    title,
    description,
    unit: null,
    minimum: null,
    maximum: null,
    levels: null,
    isSensitive: false,
    phrase,
  } as const;
}

function category([name, title, description]: Names, levels: readonly string[] | null, isSensitive = false) {
  const phrase = (value: RawValue) =>
    typeof value === 'string' ? `${title}: ${value.replaceAll('_', ' ')}` : `${title} unknown`;
  return {
    name,
    kind: 'category',
    title,
    description,
    unit: null,
    minimum: null,
    maximum: null,
    levels,
    isSensitive,
    phrase,
  } as const;
}

/** All features, in the order of the model's columns; genotype last. */
export const features: readonly Feature[] = [
  numeric(
    ['tenure_days', 'Tenure', 'Days since the current subscription began.'],
    { unit: 'days' },
    (value) => `Subscribed for ${fixed(Math.floor(value))} days`,
    'Tenure unknown',
  ),
  numeric(
    [
      'days_since_last_activity',
      'Days since last activity',
      'Days since the customer last did anything; missing if never.',
    ],
    { unit: 'days' },
    (value) => (value < 1 ? 'Active within the last day' : `No activity for ${count(Math.floor(value), 'day')}`),
    'No activity so far',
  ),
  numeric(
    ['active_days_30d', 'Active days', 'Days with activity among the last 30.'],
    { unit: 'days', maximum: 30 },
    (value) => `Active on ${fixed(value)} of the last 30 days`,
    'Active days unknown',
  ),
  numeric(
    [
      'activity_change',
      'Change in activity',
      'Active days among the last 30, less the mean of the two times 30 days before.',
    ],
    { unit: 'days', minimum: -31, maximum: 30 },
    (value) =>
      value === 0
        ? 'As active as before'
        : `${count(Math.abs(value), 'active day')} a month ${value < 0 ? 'fewer' : 'more'} than before`,
    'Change in activity unknown',
  ),
  yesNo(
    ['counseling_attended', 'Counselling attended', 'A session of genetic counselling was held.'],
    'Counselling attended',
    'No counselling attended',
    'Not known whether counselling was attended',
  ),
  numeric(
    ['counseling_satisfaction', 'Counselling rating', 'Rating of the latest session that was rated, 1 to 5.'],
    { unit: 'rating', minimum: 1, maximum: 5 },
    rated('Counselling', 5),
    'Counselling not rated',
  ),
  yesNo(
    ['app_downloaded', 'App downloaded', 'The app was downloaded.'],
    'App downloaded',
    'App not downloaded',
    'Not known whether the app was downloaded',
  ),
  yesNo(
    ['result_viewed', 'Result viewed', 'The customer has looked at a test result.'],
    'Test result viewed',
    'Test result not viewed',
    'Not known whether the test result was viewed',
  ),
  numeric(
    [
      'email_open_rate_180d',
      'E-mail open rate',
      'Share of the e-mails of the last 180 days that were opened; missing without any.',
    ],
    { unit: 'share', maximum: 1 },
    (value) => `${percent(value)} of e-mails opened in 180 days`,
    'No e-mails in 180 days',
  ),
  numeric(
    ['tickets_60d', 'Support tickets', 'Support tickets opened in the last 60 days.'],
    { unit: 'count' },
    (value) => `${count(value, 'support ticket')} in 60 days`,
    'Number of support tickets unknown',
  ),
  numeric(
    ['open_tickets', 'Open tickets', 'Support tickets that are not resolved.'],
    { unit: 'count' },
    (value) => count(value, 'open support ticket'),
    'Number of open tickets unknown',
  ),
  numeric(
    ['support_satisfaction', 'Support rating', 'Rating of the latest resolved ticket that was rated, 1 to 5.'],
    { unit: 'rating', minimum: 1, maximum: 5 },
    rated('Support', 5),
    'Support not rated',
  ),
  numeric(
    ['nps_score', 'Recommendation', 'Latest answer to whether the customer would recommend us, 0 to 10.'],
    { unit: 'rating', maximum: 10 },
    rated('Recommendation', 10),
    'Never said whether they would recommend us',
  ),
  category(['plan', 'Plan', 'Plan of the subscription that is worth most.'], null),
  category(
    ['billing_interval', 'Billing interval', 'How often the subscription that is worth most is billed.'],
    ['day', 'week', 'month', 'quarter', 'year'],
  ),
  numeric(
    ['days_to_renewal', 'Days to renewal', 'Days until the period that is billed in advance ends.'],
    { unit: 'days' },
    (value) => `${count(Math.floor(value), 'day')} to the next renewal`,
    'Next renewal unknown',
  ),
  numeric(
    ['monthly_amount', 'Monthly amount', 'Monthly recurring revenue of the customer in the reporting currency.'],
    { unit: 'currency a month' },
    (value) => `Pays ${fixed(value, 2)} a month`,
    'Monthly amount unknown',
  ),
  numeric(
    [
      'price_change_180d',
      'Price change',
      'Change of the price of one unit within 180 days, as a share; missing where the plan was another.',
    ],
    { unit: 'share', minimum: -1 },
    (value) =>
      value === 0
        ? 'Same price as 180 days ago'
        : `Price ${value > 0 ? 'up' : 'down'} ${percent(Math.abs(value))} in 180 days`,
    'No price to compare with 180 days ago',
  ),
  numeric(
    ['failed_payments_60d', 'Failed payments', 'Attempts to collect a payment that failed in the last 60 days.'],
    { unit: 'count' },
    (value) => `${count(value, 'failed payment')} in 60 days`,
    'Number of failed payments unknown',
  ),
  yesNo(
    ['payment_overdue', 'Payment overdue', 'An invoice of the last 60 days is unpaid after an attempt that failed.'],
    'A payment is overdue',
    'No payment is overdue',
    'Not known whether a payment is overdue',
  ),
  category(
    ['payer_type', 'Payer', 'Who pays for the tests of the customer.'],
    ['commercial_insurance', 'medicare', 'medicaid', 'self_pay'],
  ),
  category(['genotype', 'Genotype', 'Genotype on record.'], ['ZZ', 'SZ', 'MZ', 'MM', 'MS', 'SS'], true),
];

const byName = new Map(features.map((feature) => [feature.name, feature]));

/** The feature of a name. @throws {RangeError} where there is none. */
export function featureNamed(name: string): Feature {
  const feature = byName.get(name);
  if (feature === undefined) throw new RangeError(`There is no feature ${name}.`);
  return feature;
}

/** The features that a model is trained on: all, or all that are not health data. */
export function trainedFeatures(withGenotype: boolean): readonly Feature[] {
  return features.filter((feature) => withGenotype || !feature.isSensitive);
}

/**
 * What a feature does to a customer's risk, in words.
 * @param value as the model saw it; null or undefined is missing
 * @param contribution to the margin: positive raises the risk
 */
export function factorSentence(name: string, value: RawValue, contribution: number): string {
  const effect =
    contribution > 0 ? 'raises the risk' : contribution < 0 ? 'lowers the risk' : 'does not change the risk';
  return `${featureNamed(name).phrase(value)}: ${effect}`;
}
