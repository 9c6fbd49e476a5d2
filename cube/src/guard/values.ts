import { clip, invalid } from './errors.ts';

export type Fields = Record<string, unknown>;

/** @returns the value as an object that has no field but the named ones */
export function fieldsOf(value: unknown, what: string, allowed: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) invalid(`${what} must be an object.`);
  const fields = value as Fields;
  const extra = Object.keys(fields).find((key) => !allowed.includes(key));
  if (extra !== undefined) invalid(`${what} has an unknown field "${clip(extra)}". Known: ${allowed.join(', ')}.`);
  return fields;
}

export function listOf<T>(value: unknown, what: string, most: number, read: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) invalid(`${what} must be a list.`);
  if (value.length > most) invalid(`${what} has ${value.length} entries; at most ${most} are allowed.`);
  return value.map(read);
}

/** A plain `view.member`; anything else (objects, expressions, prototype names) never reaches Cube. */
export function memberName(value: unknown, what: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z]\w{0,127}\.[A-Za-z_]\w{0,127}$/.test(value)) {
    invalid(
      `${what} must be plain names such as "view.member"${typeof value === 'string' ? `, not "${clip(value)}"` : ''}.`,
    );
  }
  return value;
}

export function oneOf<T extends string>(value: unknown, what: string, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) invalid(`${what} must be one of: ${allowed.join(', ')}.`);
  return value as T;
}

export function whole(value: unknown, what: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    invalid(`${what} must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

export function yesOrNo(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') invalid(`${what} must be true or false.`);
  return value;
}
