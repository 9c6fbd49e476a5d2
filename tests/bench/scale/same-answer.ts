type Row = Record<string, unknown>;

/** Shares of a figure by which two ways of adding floating-point numbers may differ. */
const tolerance = 1e-6;

/**
 * Whether rows of Cube and of SQL say the same: every column of the query is one of the SQL by its own name, rows are
 * compared by what is not a measure, in any order.
 * @returns what differs first, undefined when nothing does
 */
export function difference(query: Row, fromCube: readonly Row[], fromSql: readonly Row[]): string | undefined {
  const measures = (query['measures'] as string[]).map(bare);
  const keys = [
    ...((query['dimensions'] ?? []) as string[]).map(bare),
    ...((query['timeDimensions'] ?? []) as { dimension: string }[]).map(({ dimension }) => bare(dimension)),
  ];
  const byKey = (rows: readonly Row[]) =>
    new Map(rows.map((row) => [keys.map((key) => plain(row[key])).join(', '), row]));
  const [ours, hand] = [byKey(fromCube.map(withBareNames)), byKey(fromSql)];
  for (const key of new Set([...ours.keys(), ...hand.keys()])) {
    for (const measure of measures) {
      const [one, other] = [ours, hand].map((rows) => Number(rows.get(key)?.[measure] ?? 0)) as [number, number];
      // A row of zeros may be missing.
      if (Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other))) continue;
      return `${measure} of ${key}: ${one} over Cube, ${other} by hand`;
    }
  }
  return undefined;
}

function bare(member: string): string {
  return member.slice(member.indexOf('.') + 1);
}

function withBareNames(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([member, value]) => [bare(member), value]));
}

function plain(value: unknown): string {
  if (value instanceof Date)
    return new Date(value.getTime() - value.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT00:00:00\.000$/.test(text) ? text.slice(0, 10) : text;
}
