/** An exact number: a quotient of two integers, the lower one above 0. Not always in lowest terms. */
export class Fraction {
  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static readonly zero = new Fraction(0n, 1n);

  /** @param value an integer or a decimal as Postgres writes it, such as -12.50 */
  static of(value: bigint | number | string): Fraction {
    const text = String(value);
    const parts = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
    if (!parts) throw new Error(`"${text}" is no decimal`);
    const [, sign, whole = '', decimals = ''] = parts;
    const digits = BigInt(whole + decimals);
    return new Fraction(sign === '-' ? -digits : digits, 10n ** BigInt(decimals.length));
  }

  static sum(values: Iterable<Fraction>): Fraction {
    let total = Fraction.zero;
    for (const value of values) total = total.plus(value);
    return total;
  }

  plus(other: Fraction): Fraction {
    // Keeps the larger denominator where it serves both, so that long sums stay short.
    if (this.denominator % other.denominator === 0n) {
      const scale = this.denominator / other.denominator;
      return new Fraction(this.numerator + other.numerator * scale, this.denominator);
    }
    if (other.denominator % this.denominator === 0n) return other.plus(this);
    return new Fraction(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }

  negated(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @throws RangeError when divided by 0 */
  over(other: Fraction): Fraction {
    if (other.numerator === 0n) throw new RangeError('divided by 0');
    const sign = other.numerator < 0n ? -1n : 1n;
    return new Fraction(sign * this.numerator * other.denominator, sign * this.denominator * other.numerator);
  }

  compare(other: Fraction): number {
    const left = this.numerator * other.denominator;
    const right = other.numerator * this.denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  get sign(): number {
    return this.numerator < 0n ? -1 : this.numerator > 0n ? 1 : 0;
  }

  /** Rounded to cents, halves away from 0. */
  rounded(): Fraction {
    const doubled = 200n * (this.numerator < 0n ? -this.numerator : this.numerator) + this.denominator;
    const cents = doubled / (2n * this.denominator);
    return new Fraction(this.numerator < 0n ? -cents : cents, 100n);
  }

  toNumber(): number {
    const scale = 10n ** 18n;
    const whole = this.numerator / this.denominator;
    const rest = ((this.numerator - whole * this.denominator) * scale) / this.denominator;
    return Number(whole) + Number(rest) / 1e18;
  }

  toString(): string {
    return String(this.toNumber());
  }
}

/** A quotient as a number; null when it has no denominator. */
export function ratio(numerator: Fraction | number, denominator: Fraction | number): number | null {
  const top = exact(numerator);
  const bottom = exact(denominator);
  return bottom.sign === 0 ? null : top.over(bottom).toNumber();
}

function exact(value: Fraction | number): Fraction {
  return typeof value === 'number' ? Fraction.of(value) : value;
}
