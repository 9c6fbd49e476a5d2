import type { Feature, FeatureValue } from './churn';

/** What was typed for a feature: its value, or why it is none. */
export type Reading = { value: FeatureValue } | { problem: 'number' | 'range' | 'choice' };

/** What stands for "not known" in a choice. */
export const missingChoice = '(missing)';

/** Reads a form's text as a value that the feature takes. */
export function readFeature(feature: Feature, text: string): Reading {
  const trimmed = text.trim();
  if (trimmed === missingChoice || trimmed === '') {
    return { value: null };
  }
  if (feature.type === 'boolean') {
    return trimmed === 'true' || trimmed === 'false' ? { value: trimmed === 'true' } : { problem: 'choice' };
  }
  if (feature.type === 'category') {
    return feature.levels === null || feature.levels.includes(trimmed) ? { value: trimmed } : { problem: 'choice' };
  }
  const value = Number(trimmed);
  if (!Number.isFinite(value)) {
    return { problem: 'number' };
  }
  const isInside = value >= (feature.minimum ?? -Infinity) && value <= (feature.maximum ?? Infinity);
  return isInside ? { value } : { problem: 'range' };
}

/** The values to choose from; undefined where a number is typed. */
export function choicesOf(feature: Feature): string[] | undefined {
  if (feature.type === 'boolean') {
    return ['true', 'false', missingChoice];
  }
  return feature.type === 'category' ? [...(feature.levels ?? []), missingChoice] : undefined;
}
