import type { CalibrationBin, Scores } from '../evaluation/scores.ts';
import type { SliceScore } from '../evaluation/slices.ts';
import type { EncodedFeature } from '../data/encoding.ts';

/** What a model is, told beside its file. Trees are not repeated here: they are read from model.onnx itself. */
export interface ModelCard {
  /** Name of the model's folder. */
  readonly version: string;
  readonly kind: 'forest' | 'boosting' | 'logistic';
  /** ISO 8601. */
  readonly createdAt: string;
  readonly features: readonly EncodedFeature[];
  readonly columns: readonly string[];
  readonly calibration: 'platt' | 'isotonic';
  readonly options: Readonly<Record<string, number | string | null>>;
  readonly seed: number;
  /** SHA-256 of the training matrix and labels. */
  readonly dataHash: string;
  readonly trainingRows: number;
  /** Day of the first snapshot that only tested it: from then on its predictions are of what it has not seen. */
  readonly testFrom: string;
  /** Scores by name of the part they were measured on, for example `validation` and `test`. */
  readonly scores: Readonly<Record<string, Scores>>;
  /** On the same test rows: the other models that were tried, and the base rate. */
  readonly comparison: Readonly<Record<string, Scores>>;
  /** Of the test rows, by the levels of some features. */
  readonly slices: readonly SliceScore[];
  /** Of the test rows. */
  readonly calibrationPlot: readonly CalibrationBin[];
  /** Data window, label and exclusions in words. */
  readonly notes: readonly string[];
}
