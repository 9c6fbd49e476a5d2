import type { RawValue } from '../data/encoding.ts';

/** A number with at most so many decimals, without trailing zeros. */
export function fixed(value: number, decimals = 1): string {
  return String(Number(value.toFixed(decimals)));
}

/** A share as whole percent. */
export function percent(share: number): string {
  return `${fixed(100 * share, 0)}%`;
}

/** A number of things: "No tickets", "1 ticket", "2.5 tickets". */
export function count(value: number, thing: string): string {
  const number = fixed(value);
  return `${number === '0' ? 'No' : number} ${thing}${number === '1' ? '' : 's'}`;
}

/** Words for a rating out of a maximum. */
export function rated(thing: string, maximum: number): (value: number) => string {
  return (value) => `${thing} rated ${fixed(value)} of ${maximum}`;
}

/** Words for true, false and anything else. */
export function whether(yes: string, no: string, missing: string): (value: RawValue) => string {
  return (value) => (value === true ? yes : value === false ? no : missing);
}
