const hex4 = Array.from({ length: 65536 }, (_, i) => i.toString(16).padStart(4, '0'));

function hex8(word: number): string {
  return `${hex4[word >>> 16] ?? ''}${hex4[word & 65535] ?? ''}`;
}

/** An identifier as four 32-bit words: most are only ever written as bytes, never as text. */
export class Uuid {
  constructor(
    readonly first: number,
    readonly second: number,
    readonly third: number,
    readonly fourth: number,
  ) {}

  /** The last twelve hexadecimal digits: random ones. */
  get node(): string {
    return (hex4[this.third & 65535] ?? '') + hex8(this.fourth);
  }

  toString(): string {
    const { first, second, third } = this;
    const middle = `${hex4[second >>> 16] ?? ''}-${hex4[second & 65535] ?? ''}-${hex4[third >>> 16] ?? ''}`;
    return `${hex8(first)}-${middle}-${this.node}`;
  }
}
