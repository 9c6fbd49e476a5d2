import { DataError, toFloat32, type FeatureMatrix } from './matrix.ts';

/**
 * How raw values become columns. A category becomes one 0/1 column for each level seen in training (one-hot): levels
 * have no order, and every column stays readable in an explanation, where the columns of one feature are summed. A level
 * that training has not seen is 0 in all of them; a missing value is missing in all of them.
 */
export type FeatureKind = 'number' | 'boolean' | 'category';

export interface FeatureSpec {
  readonly name: string;
  readonly kind: FeatureKind;
}

export interface EncodedFeature extends FeatureSpec {
  /** Of a category: its levels in code point order. */
  readonly levels: readonly string[];
}

/** A fitted encoding: what each feature was, and which columns it became. */
export interface Encoding {
  readonly features: readonly EncodedFeature[];
  /** Column names, `feature` or `feature=level`. */
  readonly columns: readonly string[];
  /** For each column the position of its feature. */
  readonly featureOfColumn: readonly number[];
}

export type RawValue = number | boolean | string | null | undefined;
export type RawRow = Readonly<Record<string, RawValue>>;

/** Learns the levels of each category from the training rows. */
export function fitEncoding(specs: readonly FeatureSpec[], rows: readonly RawRow[]): Encoding {
  const features = specs.map((spec) => ({
    ...spec,
    levels: spec.kind === 'category' ? levelsOf(spec.name, rows) : [],
  }));
  return encodingOf(features);
}

/** The encoding of features whose levels are known. */
export function encodingOf(features: readonly EncodedFeature[]): Encoding {
  const columns: string[] = [];
  const featureOfColumn: number[] = [];
  features.forEach((feature, f) => {
    const names =
      feature.kind === 'category' ? feature.levels.map((level) => `${feature.name}=${level}`) : [feature.name];
    columns.push(...names);
    featureOfColumn.push(...names.map(() => f));
  });
  return { features, columns, featureOfColumn };
}

function levelsOf(name: string, rows: readonly RawRow[]): string[] {
  const levels = new Set<string>();
  rows.forEach((row, r) => {
    const level = categoryOf(name, row[name], r);
    if (level !== null) levels.add(level);
  });
  return [...levels].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * Encodes rows; a missing value stays missing (NaN).
 * @throws {DataError} naming the row and feature whose value is of another type or infinite.
 */
export function encodeRows(encoding: Encoding, rows: readonly RawRow[]): FeatureMatrix {
  const width = encoding.columns.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, r) => {
    let column = r * width;
    for (const feature of encoding.features) {
      const raw = row[feature.name];
      if (feature.kind === 'category') {
        const level = categoryOf(feature.name, raw, r);
        for (const known of feature.levels) values[column++] = level === null ? NaN : level === known ? 1 : 0;
      } else {
        values[column++] = feature.kind === 'number' ? numberOf(feature.name, raw, r) : booleanOf(feature.name, raw, r);
      }
    }
  });
  return { names: encoding.columns, rows: rows.length, values };
}

function numberOf(name: string, raw: RawValue, row: number): number {
  if (raw === null || raw === undefined) return NaN;
  if (typeof raw !== 'number') throw wrongType(name, row, 'a number');
  if (raw === Infinity || raw === -Infinity) {
    throw new DataError(`Feature ${name} of row ${row} is infinite; give a number, or leave it missing.`);
  }
  return toFloat32(raw);
}

function booleanOf(name: string, raw: RawValue, row: number): number {
  if (raw === null || raw === undefined) return NaN;
  if (typeof raw !== 'boolean') throw wrongType(name, row, 'true or false');
  return raw ? 1 : 0;
}

function categoryOf(name: string, raw: RawValue, row: number): string | null {
  if (raw === null || raw === undefined) return null;
  if (typeof raw !== 'string') throw wrongType(name, row, 'a text');
  return raw;
}

function wrongType(name: string, row: number, expected: string): DataError {
  return new DataError(`Feature ${name} of row ${row} must be ${expected}, or missing.`);
}
