/** A text as Postgres can keep it: neither NUL nor half a surrogate pair. */
export function storable(value: string): string {
  return Buffer.from(value).toString().replaceAll('\0', '\u{fffd}');
}

/** The first characters of a text, counted as the database counts. */
export function shortened(value: string, longest: number): string {
  return value.length <= longest ? value : Array.from(value).slice(0, longest).join('');
}
