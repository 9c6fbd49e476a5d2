import type { ColumnType } from './tables.ts';
import { Uuid } from './uuid.ts';

/**
 * What a column takes: numbers for instants (milliseconds since 1970, written to the second), for days (since 1970) and
 * for times of day (milliseconds); text for JSON.
 */
export type Value = string | number | boolean | null | Uuid | readonly number[] | readonly string[];

/** Postgres counts from 2000-01-01. */
const epochSeconds = 946_684_800;
const epochDays = 10_957;
const int4Oid = 23;
const textOid = 25;
/** Bytes that any value other than a text takes at most, its length included. */
const widest = 32;

type Write = (to: Encoder, value: Value) => void;

function wrong(value: Value, wanted: string): never {
  throw new TypeError(`${JSON.stringify(value)} is no ${wanted}`);
}

function asNumber(value: Value): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : wrong(value, 'number');
}

function asText(value: Value): string {
  return typeof value === 'string' ? value : wrong(value, 'text');
}

const writers: Record<ColumnType, Write> = {
  uuid: (to, value) => {
    if (!(value instanceof Uuid)) return wrong(value, 'identifier');
    to.int32(16);
    to.int32(value.first);
    to.int32(value.second);
    to.int32(value.third);
    to.int32(value.fourth);
  },
  text: (to, value) => to.text(asText(value)),
  // The version of the format stands before the text.
  jsonb: (to, value) => to.text(`\u0001${asText(value)}`),
  timestamptz: (to, value) => to.int64((Math.floor(asNumber(value) / 1000) - epochSeconds) * 1_000_000),
  time: (to, value) => to.int64(asNumber(value) * 1000),
  bigint: (to, value) => to.int64(asNumber(value)),
  date: (to, value) => {
    to.int32(4);
    to.int32(asNumber(value) - epochDays);
  },
  int: (to, value) => {
    to.int32(4);
    to.int32(asNumber(value));
  },
  bool: (to, value) => {
    if (typeof value !== 'boolean') return wrong(value, 'boolean');
    to.int32(1);
    to.byte(value ? 1 : 0);
  },
  numeric: (to, value) => to.numeric(asNumber(value)),
  'int[]': (to, value) => {
    if (!Array.isArray(value)) return wrong(value, 'list');
    to.integers(value as readonly number[]);
  },
  'text[]': (to, value) => {
    if (!Array.isArray(value)) return wrong(value, 'list');
    to.texts(value as readonly string[]);
  },
};

/** Rows of one table in the binary format of COPY, which Postgres reads in half the time that text takes. */
export class Encoder {
  private bytes = Buffer.allocUnsafe(1 << 16);
  private view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  private at = 0;
  private readonly writers: readonly Write[];

  constructor(types: readonly ColumnType[]) {
    this.writers = types.map((type) => writers[type]);
  }

  /** Bytes so far. */
  get size(): number {
    return this.at;
  }

  /** Appends a row. @throws when the number of values, or the kind of one, is not the columns' */
  row(values: readonly Value[]): void {
    const { length } = this.writers;
    if (values.length !== length) throw new TypeError(`${values.length} values for ${length} columns`);
    this.reserve(2 + length * widest);
    this.int16(length);
    for (let i = 0; i < length; i++) {
      const value = values[i] as Value;
      if (value === null) this.int32(-1);
      else (this.writers[i] as Write)(this, value);
    }
  }

  /** The bytes so far, valid until the next row, and forgets them. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.at);
    this.at = 0;
    return taken;
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(this.bytes.length * 2 + count);
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
    this.view = new DataView(larger.buffer, larger.byteOffset, larger.length);
  }

  byte(value: number): void {
    this.view.setUint8(this.at++, value);
  }

  int16(value: number): void {
    this.view.setInt16(this.at, value);
    this.at += 2;
  }

  int32(value: number): void {
    this.view.setInt32(this.at, value);
    this.at += 4;
  }

  /** A whole number with its length; exact up to 2^53. */
  int64(value: number): void {
    const high = Math.floor(value / 4_294_967_296);
    this.int32(8);
    this.int32(high);
    this.int32(value - high * 4_294_967_296);
  }

  text(value: string): void {
    // What follows the text in its row must fit too.
    this.reserve(4 + value.length * 3 + this.writers.length * widest);
    const start = this.at + 4;
    let end = start;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) {
        end = start + this.bytes.write(value, start);
        break;
      }
      this.bytes[end++] = code;
    }
    this.int32(end - start);
    this.at = end;
  }

  /** A number of four decimals at most, as digits to the base of 10,000. */
  numeric(value: number): void {
    const digits: number[] = [];
    for (let rest = Math.round(Math.abs(value) * 10_000); rest > 0; rest = Math.floor(rest / 10_000)) {
      digits.push(rest % 10_000);
    }
    this.int32(8 + 2 * digits.length);
    this.int16(digits.length);
    // The last digit holds the decimals.
    this.int16(digits.length - 2);
    this.int16(value < 0 ? 0x4000 : 0);
    this.int16(4);
    for (let i = digits.length - 1; i >= 0; i--) this.int16(digits[i] ?? 0);
  }

  texts(values: readonly string[]): void {
    const start = this.at;
    this.reserve(24 + this.writers.length * widest);
    for (const word of [0, 1, 0, textOid, values.length, 1]) this.int32(word);
    for (const value of values) this.text(value);
    this.view.setInt32(start, this.at - start - 4);
  }

  integers(values: readonly number[]): void {
    this.reserve(24 + 8 * values.length + this.writers.length * widest);
    this.int32(20 + 8 * values.length);
    for (const word of [1, 0, int4Oid, values.length, 1]) this.int32(word);
    for (const value of values) {
      this.int32(4);
      this.int32(value);
    }
  }
}
