import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Spreads the bits of a 32-bit integer (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Deterministic random numbers: one seed gives independent streams by index, so work may be done in any order. */
export class Random {
  private constructor(private readonly generator: RandomGenerator) {}

  /** The stream `index` of a seed (any 32-bit integers). */
  static stream(seed: number, index = 0): Random {
    const key = mix(mix(seed) + Math.imul(index + 1, 0x9e3779b9));
    return new Random(
      xoroshiro128plusFromState([1, 2, 3, 4].map((part) => mix(key + Math.imul(part, 0x632be5ab)) | 1)),
    );
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return (this.generator.next() >>> 0) / 4294967296;
  }

  /** Uniform integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Brings `count` items, drawn without replacement, to the front of `items`. */
  drawToFront(items: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const other = i + this.below(items.length - i);
      const item = items[i];
      items[i] = items[other];
      items[other] = item;
    }
  }
}
