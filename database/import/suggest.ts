import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` when a known name is near, else an empty string. */
export function didYouMean(name: string, known: string[]): string {
  if (known.length === 0) return '';
  const normal = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  const nearest = closest(normal, known);
  return distance(normal, nearest) <= Math.max(1, Math.floor(normal.length / 3)) ? ` Did you mean "${nearest}"?` : '';
}
