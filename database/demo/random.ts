import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { Uuid } from './uuid.ts';

/** Spreads the bits of a 32-bit integer (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** What each fork of the seed is used for; a new use gets a new name, so that the others keep their numbers. */
export const streams = [
  'calendar',
  'reference',
  'profile',
  'orders',
  'requests',
  'engagement',
  'subscription',
  'billing',
  'claims',
  'journey',
  'visitors',
  'activity',
  'email',
  'support',
  'members',
  'sessions',
  'partners',
  'spend',
  'ledger',
  'health',
  'public',
  'usage',
] as const;
export type Stream = (typeof streams)[number];

/** Deterministic random numbers and the distributions that the demo data needs. */
export class Random {
  private constructor(private readonly generator: RandomGenerator) {}

  /** An independent generator for one use and one entity: the same key always gives the same numbers. */
  static fork(seed: number, stream: Stream, index = 0): Random {
    const key = mix(mix(seed) + streams.indexOf(stream) * 0x9e3779b9);
    const state = [1, 2, 3, 4].map((part) => mix(mix(key + Math.imul(part, 0x632be5ab)) + Math.imul(index + 1, part)));
    return new Random(xoroshiro128plusFromState(state));
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return (this.generator.next() >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + this.unit() * (high - low);
  }

  /** Uniform integer in [low, high]. */
  int(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.unit());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(this.normal(0, sigma));
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }

  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(this.normal(mean, Math.sqrt(mean))));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.unit(); product > limit; product *= this.unit()) count++;
    return count;
  }

  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.unit() * items.length)] as T;
  }

  /** Position drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number {
    let rest = this.unit() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < weights.length - 1; i++) {
      rest -= weights[i] ?? 0;
      if (rest < 0) return i;
    }
    return weights.length - 1;
  }

  /** A version 7 identifier of an instant (milliseconds since 1970): ids of one time lie together in an index. */
  uuid(time: number): Uuid {
    const a = this.generator.next();
    const b = this.generator.next();
    const c = this.generator.next();
    const milliseconds = Math.floor(time);
    return new Uuid(
      Math.floor(milliseconds / 65536) | 0,
      ((milliseconds % 65536) << 16) | 0x7000 | (a & 0xfff),
      ((0x8000 | ((a >>> 12) & 0x3fff)) << 16) | (b >>> 16),
      (b << 16) | (c >>> 16),
    );
  }
}
