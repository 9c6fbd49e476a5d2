/** Data that cannot be trained on or scored; the message names the row or the feature and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** Whether a value is missing, that is NaN. */
export const isMissing: (value: number) => boolean = Number.isNaN;

/** Rows of features as float32, row by row; NaN is missing. */
export interface FeatureMatrix {
  readonly names: readonly string[];
  readonly rows: number;
  /** `rows * names.length` values. */
  readonly values: Float32Array;
}

/** Features with what happened: 1 for the event, 0 for none. */
export interface LabelledData {
  readonly features: FeatureMatrix;
  readonly labels: Uint8Array;
}

/** The largest finite float32. */
export const largestFloat = 3.4028234663852886e38;

/** The nearest float32; finite values beyond its range become its largest, so that no value turns infinite unasked. */
export function toFloat32(value: number): number {
  if (value > largestFloat && value !== Infinity) return largestFloat;
  if (value < -largestFloat && value !== -Infinity) return -largestFloat;
  return Math.fround(value);
}

/**
 * Builds a matrix from rows of numbers; null, undefined and NaN are missing.
 * @throws {DataError} where a row has another length, or a value is infinite.
 */
export function matrixFromRows(
  names: readonly string[],
  rows: readonly (readonly (number | null | undefined)[])[],
): FeatureMatrix {
  const values = new Float32Array(rows.length * names.length);
  rows.forEach((row, r) => {
    if (row.length !== names.length) {
      throw new DataError(`Row ${r} has ${row.length} values; ${names.length} features are expected.`);
    }
    row.forEach((value, c) => {
      values[r * names.length + c] = toFloat32(value ?? NaN);
    });
  });
  const matrix = { names, rows: rows.length, values };
  checkMatrix(matrix);
  return matrix;
}

/**
 * Checks names, size and values of a matrix.
 * @throws {DataError} naming what is wrong.
 */
export function checkMatrix(matrix: FeatureMatrix): void {
  const { names, rows, values } = matrix;
  if (names.length === 0) throw new DataError('There are no features.');
  if (new Set(names).size !== names.length) throw new DataError('Two features have the same name.');
  if (values.length !== rows * names.length) {
    throw new DataError(
      `${rows} rows of ${names.length} features need ${rows * names.length} values, not ${values.length}.`,
    );
  }
  const infinite = values.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite >= 0) {
    const name = names[infinite % names.length] ?? '';
    throw new DataError(
      `Feature ${name} of row ${Math.floor(infinite / names.length)} is infinite; give a number, or leave it missing.`,
    );
  }
}

/**
 * Checks that a model can be fitted: valid features, a label 0 or 1 for every row, and both classes present.
 * @throws {DataError} naming what is wrong.
 */
export function checkTrainable(data: LabelledData): void {
  const { features, labels } = data;
  if (features.rows === 0) throw new DataError('There are no rows to train on.');
  checkMatrix(features);
  checkLabels(labels, features.rows);
}

/**
 * Checks that there is a label 0 or 1 for each of `rows` rows, and both classes.
 * @throws {DataError} naming what is wrong.
 */
export function checkLabels(labels: Uint8Array, rows: number): void {
  if (labels.length !== rows) throw new DataError(`${rows} rows need ${rows} labels, not ${labels.length}.`);
  let events = 0;
  for (const [row, label] of labels.entries()) {
    if (label > 1) throw new DataError(`The label of row ${row} is ${label}; it must be 0 or 1.`);
    events += label;
  }
  if (events === 0 || events === rows) {
    throw new DataError(
      `All ${rows} rows are of class ${events === 0 ? 0 : 1}; both classes are needed: take a longer window or more rows.`,
    );
  }
}

/** The given rows, in the given order. */
export function takeRows(data: LabelledData, rows: ArrayLike<number>): LabelledData {
  const width = data.features.names.length;
  const values = new Float32Array(rows.length * width);
  const labels = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    values.set(data.features.values.subarray(row * width, (row + 1) * width), i * width);
    labels[i] = data.labels[row];
  }
  return { features: { names: data.features.names, rows: rows.length, values }, labels };
}
