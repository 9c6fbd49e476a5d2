import { checkLabels } from '../data/matrix.ts';
import type { IsotonicCalibrator } from './calibrator.ts';

interface Block {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly events: number;
}

/**
 * Fits a rising step function by pooling adjacent violators. Its ends are clipped to 1 / (n + 2) from 0 and 1: a finite
 * sample never proves certainty.
 * @param margins exact in float32
 * @throws {DataError} where there is one class only.
 */
export function fitIsotonic(margins: Float64Array, labels: Uint8Array): IsotonicCalibrator {
  checkLabels(labels, margins.length);
  const blocks = pool(tiesOf(margins, labels));
  const floor = 1 / (labels.length + 2);
  return {
    kind: 'isotonic',
    steps: Float64Array.from(blocks.slice(1), (block, i) => stepBetween(blocks[i].to, block.from)),
    probabilities: Float64Array.from(blocks, (block) => Math.min(Math.max(block.events / block.n, floor), 1 - floor)),
  };
}

/** Blocks of equal margin, lowest first. */
function tiesOf(margins: Float64Array, labels: Uint8Array): Block[] {
  const order = Int32Array.from(margins.keys()).sort((a, b) => margins[a] - margins[b]);
  const ties: Block[] = [];
  for (const row of order) {
    const block = { from: margins[row], to: margins[row], n: 1, events: labels[row] };
    const last = ties.at(-1);
    if (last?.to === block.from) ties[ties.length - 1] = merge(last, block);
    else ties.push(block);
  }
  return ties;
}

function pool(ties: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  for (const tie of ties) {
    let block = tie;
    for (let last = blocks.at(-1); last !== undefined && !rises(last, block); last = blocks.at(-1)) {
      blocks.pop();
      block = merge(last, block);
    }
    blocks.push(block);
  }
  return blocks;
}

function merge(low: Block, high: Block): Block {
  return { from: low.from, to: high.to, n: low.n + high.n, events: low.events + high.events };
}

function rises(low: Block, high: Block): boolean {
  return low.events * high.n < high.events * low.n;
}

/** Midway, as float32, above the lower margin and not above the upper. */
function stepBetween(below: number, above: number): number {
  const middle = Math.fround((below + above) / 2);
  return middle > below && middle <= above ? middle : above;
}
