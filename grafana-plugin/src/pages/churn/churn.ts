import { t } from '../../i18n/t';
import { callService } from '../shared/request';

export const riskLevels = ['critical', 'high', 'medium', 'low'] as const;
export type RiskLevel = (typeof riskLevels)[number];
export type FeatureValue = number | boolean | string | null;

export interface Factor {
  feature: string;
  title: string;
  value: FeatureValue;
  /** SHAP value on the model's margin: positive raises the risk. */
  contribution: number;
  sentence: string;
}

export interface Intervention {
  type: string;
  title: string;
  message: string;
  /** Share by which the probability is expected to fall. */
  expectedImpact: number;
  basis: 'assumption' | 'measured';
}

/** A prediction as the churn service tells it. */
export interface Prediction {
  customerId: string | null;
  asOf: string;
  modelVersion: string;
  /** Of churn within 90 days. */
  probability: number;
  riskLevel: RiskLevel;
  /** Largest contribution first. */
  factors: Factor[];
  interventions: Intervention[];
  predictedChurnDate: string | null;
  /** The customer stays untreated, so that impact can be measured. */
  holdOut: boolean;
}

export interface PastPrediction {
  asOf: string;
  probability: number;
  riskLevel: RiskLevel;
  modelVersion: string;
  outcome: 'churned' | 'retained' | null;
}

export interface Feature {
  name: string;
  title: string;
  description: string;
  type: 'number' | 'boolean' | 'category';
  unit: string | null;
  minimum: number | null;
  maximum: number | null;
  levels: string[] | null;
}

export interface RecordedIntervention {
  id: string;
  type: string;
  title: string;
  note: string | null;
  sentAt: string;
  sentBy: string;
}

const customer = (id: string) => `/v1/customers/${encodeURIComponent(id)}/churn`;

export function fetchPrediction(uid: string, id: string): Promise<Prediction> {
  return callService<Prediction>(uid, 'ml', customer(id));
}

export async function fetchHistory(uid: string, id: string): Promise<PastPrediction[]> {
  return (await callService<{ predictions: PastPrediction[] }>(uid, 'ml', `${customer(id)}/history`)).predictions;
}

export async function fetchFeatures(uid: string): Promise<Feature[]> {
  return (await callService<{ features: Feature[] }>(uid, 'ml', '/v1/features')).features;
}

/** What the prediction would be with some features changed; null makes one missing. */
export function askWhatIf(uid: string, customerId: string, changes: Record<string, FeatureValue>) {
  return callService<{ before: Prediction; after: Prediction }>(uid, 'ml', '/v1/what-if', {
    method: 'POST',
    body: { customerId, changes },
  });
}

export async function fetchInterventions(uid: string, customerId: string): Promise<RecordedIntervention[]> {
  const query = new URLSearchParams({ customerId }).toString();
  return (await callService<{ interventions: RecordedIntervention[] }>(uid, 'ml', `/v1/interventions?${query}`))
    .interventions;
}

export interface NewIntervention {
  customerId: string;
  type: string;
  note: string;
  /** The same key for every attempt: an attempt whose answer was lost must not record twice. */
  key: string;
}

export function recordIntervention(uid: string, { customerId, type, note, key }: NewIntervention) {
  return callService<RecordedIntervention>(uid, 'ml', '/v1/interventions', {
    method: 'POST',
    body: { customerId, type, ...(note.trim() === '' ? {} : { note: note.trim() }) },
    idempotencyKey: key,
  });
}

export function riskText(level: RiskLevel): string {
  const texts: Record<RiskLevel, string> = {
    critical: t('churn.critical', 'Critical'),
    high: t('churn.high', 'High'),
    medium: t('churn.medium', 'Medium'),
    low: t('churn.low', 'Low'),
  };
  return texts[level] ?? level;
}
