import type { RawRow, RawValue } from '../data/encoding.ts';
import { largestFloat } from '../data/matrix.ts';
import { features, type Feature } from '../features/catalogue.ts';

/** A feature with the values that a model understands. */
export type AllowedFeature = Feature & { readonly allowed: readonly string[] | null };

/** A value that cannot be asked about; the message names the feature and what is allowed. */
export class FeatureValueError extends Error {
  override readonly name = 'FeatureValueError';

  constructor(
    readonly feature: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The features that one may ask about: those of the model, and the genotype, which recommendations depend on.
 * @param levelsOf the levels that the model knows of a category; undefined where it does not use the feature
 * @param maySeeGenotype without it, features that reveal the genotype are left out
 */
export function allowedFeatures(
  levelsOf: (name: string) => readonly string[] | undefined,
  maySeeGenotype: boolean,
): AllowedFeature[] {
  return features.flatMap((feature) => {
    const levels = levelsOf(feature.name);
    if (feature.isSensitive ? !maySeeGenotype : levels === undefined) return [];
    return [{ ...feature, allowed: feature.kind === 'category' ? (feature.levels ?? levels ?? []) : null }];
  });
}

/**
 * Checks values that somebody thought of; null is missing.
 * @throws {FeatureValueError} for the first that is unknown, of another type or out of range
 */
export function checkValues(given: Readonly<Record<string, unknown>>, allowed: readonly AllowedFeature[]): RawRow {
  const byName = new Map(allowed.map((feature) => [feature.name, feature]));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const feature = byName.get(name);
      if (feature === undefined) {
        throw new FeatureValueError(name, `is not a feature here; GET /v1/features lists them.`);
      }
      return [name, checkValue(feature, value)];
    }),
  );
}

function checkValue(feature: AllowedFeature, value: unknown): RawValue {
  if (value === null) return null;
  const refuse = (expected: string) => new FeatureValueError(feature.name, `must be ${expected}, or null for missing.`);
  if (feature.kind === 'boolean') {
    if (typeof value !== 'boolean') throw refuse('true or false');
    return value;
  }
  if (feature.kind === 'category') {
    const { allowed } = feature;
    if (typeof value !== 'string' || !allowed?.includes(value)) throw refuse(`one of ${allowed?.join(', ') ?? ''}`);
    return value;
  }
  const least = feature.minimum ?? -largestFloat;
  const most = feature.maximum ?? largestFloat;
  if (typeof value !== 'number' || !(value >= least && value <= most)) throw refuse(rangeOf(feature));
  return value;
}

function rangeOf({ minimum, maximum }: Feature): string {
  if (minimum !== null && maximum !== null) return `a number from ${minimum} to ${maximum}`;
  if (minimum !== null) return `a number not below ${minimum}`;
  return maximum === null ? 'a number' : `a number not above ${maximum}`;
}
