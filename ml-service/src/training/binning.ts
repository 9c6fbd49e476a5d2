import { isMissing, largestFloat, type FeatureMatrix } from '../data/matrix.ts';

/** Bin 0 holds the missing values; bins 1 to 255 hold the others in order. */
export const missingBin = 0;
export const maxBins = 255;

/** A matrix whose values are bin numbers, column by column. */
export interface BinnedMatrix {
  readonly rows: number;
  /** For each column the bin of every row. */
  readonly columns: readonly Uint8Array[];
  /**
   * For each column the float32 upper edge of bins 1, 2, ...: a value belongs to the first bin whose edge is not below
   * it. The last edge is the largest float, so that a split there parts the missing from all others.
   */
  readonly edges: readonly Float32Array[];
}

/** Bins every column by its own quantiles: at most 255 bins, one for each value where there are no more values. */
export function binMatrix(matrix: FeatureMatrix): BinnedMatrix {
  const width = matrix.names.length;
  const edges: Float32Array[] = [];
  const columns: Uint8Array[] = [];
  const values = new Float32Array(matrix.rows);
  for (let c = 0; c < width; c++) {
    for (let r = 0; r < matrix.rows; r++) values[r] = matrix.values[r * width + c];
    const columnEdges = findEdges(values);
    edges.push(columnEdges);
    columns.push(binColumn(values, columnEdges));
  }
  return { rows: matrix.rows, columns, edges };
}

/** Edges lie midway between two neighbouring values, rounded to float32 but never up to the larger one. */
function findEdges(values: Float32Array): Float32Array {
  const sorted = values.filter((value) => !isMissing(value)).sort();
  const starts = [0];
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) starts.push(i);
  const cuts = starts.length <= maxBins ? starts.slice(1) : quantileCuts(starts, sorted.length);
  const edges = new Float32Array(cuts.length + 1);
  cuts.forEach((cut, i) => {
    const below = sorted[cut - 1];
    const above = sorted[cut];
    const middle = Math.fround((below + above) / 2);
    edges[i] = middle < above ? middle : below;
  });
  edges[cuts.length] = largestFloat;
  return edges;
}

/** Starts of values at which to cut so that bins hold about equally many rows; a value with many rows gets its own. */
function quantileCuts(starts: readonly number[], count: number): number[] {
  const cuts: number[] = [];
  let last = 0;
  for (const start of starts) {
    const binsLeft = maxBins - cuts.length;
    if (binsLeft <= 1) break;
    if (start - last >= (count - last) / binsLeft) {
      cuts.push(start);
      last = start;
    }
  }
  return cuts;
}

function binColumn(values: Float32Array, edges: Float32Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  for (let r = 0; r < values.length; r++) {
    const value = values[r];
    if (isMissing(value)) continue;
    let low = 0;
    let high = edges.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= edges[middle]) high = middle;
      else low = middle + 1;
    }
    bins[r] = low + 1;
  }
  return bins;
}
