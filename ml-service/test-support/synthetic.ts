import type { LabelledData } from '../src/data/matrix.ts';
import { Random } from '../src/random.ts';

export interface SyntheticOptions {
  readonly rows: number;
  /** At least 5. */
  readonly columns: number;
  readonly seed: number;
  /** Share of values that are missing. */
  readonly missing?: number;
  /** Added to the log-odds: lower makes events rarer. */
  readonly shift?: number;
}

/** Normal features of which the first five drive the label, with an interaction, a wave and a square. */
export function synthesize({ rows, columns, seed, missing = 0, shift = -0.5 }: SyntheticOptions): LabelledData {
  const random = Random.stream(seed);
  const values = new Float32Array(rows * columns);
  const labels = new Uint8Array(rows);
  for (let r = 0; r < rows; r++) {
    const row = values.subarray(r * columns, (r + 1) * columns);
    for (let c = 0; c < columns; c++) row[c] = random.normal();
    const margin = 1.2 * row[0] + row[1] * row[2] + Math.sin(2 * row[3]) + 0.5 * row[4] ** 2;
    labels[r] = random.uniform() < 1 / (1 + Math.exp(-2 * (margin + shift))) ? 1 : 0;
    for (let c = 0; c < columns; c++) if (random.uniform() < missing) row[c] = NaN;
  }
  const names = Array.from({ length: columns }, (_, c) => `x${c}`);
  return { features: { names, rows, values }, labels };
}
