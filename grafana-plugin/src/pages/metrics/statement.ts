/** Common table expressions, by the name before `as [not] materialized (`. */
const expressions = /(?:\bwith\s+(?:recursive\s+)?|,\s*)"?(\w+)"?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(/gi;

/** What follows from or join, unless it is a subquery, a function, or the end of `is distinct from`. */
const sources = /(?<!\bdistinct\s)\b(?:from|join)\s+((?:"?\w+"?\.)?"?\w+"?)(?!\w|"|\.|\s*\()/gi;

/** The tables that a statement reads, sorted; those of the schema public without it. */
export function tablesOf(sql: string): string[] {
  const text = sql
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/--[^\n]*/g, '')
    .replace(/\bextract\s*\(\s*\w+\s+from\b/gi, 'extract(');
  const own = new Set([...text.matchAll(expressions)].map((match) => (match[1] ?? '').toLowerCase()));
  const names = [...text.matchAll(sources)]
    .map((match) =>
      (match[1] ?? '')
        .replaceAll('"', '')
        .toLowerCase()
        .replace(/^public\./, '')
    )
    .filter((name) => name !== 'lateral' && !own.has(name));
  return [...new Set(names)].sort();
}

/** The expression that a statement of one measure computes: what stands between its first select and its from. */
export function formulaOf(sql: string): string | undefined {
  const start = /^\s*select\s/i.exec(sql)?.[0].length;
  if (start === undefined) {
    return undefined;
  }
  const end = topLevelFrom(sql, start);
  // Cube names each column "view__measure".
  const column =
    end === undefined
      ? undefined
      : sql
          .slice(start, end)
          .trim()
          .replace(/\s+(?:as\s+)?"[^"]*"$/i, '');
  return column?.replace(/\s+/g, ' ').trim() || undefined;
}

/** Where `from` stands outside of all parentheses and quotes. */
function topLevelFrom(sql: string, start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < sql.length; index += 1) {
    const letter = sql[index];
    if (letter === "'" || letter === '"') {
      const close = sql.indexOf(letter, index + 1);
      if (close < 0) {
        return undefined;
      }
      index = close;
    } else if (letter === '(') {
      depth += 1;
    } else if (letter === ')') {
      depth -= 1;
    } else if (depth === 0 && /^\sfrom\s/i.test(sql.slice(index, index + 6))) {
      return index;
    }
  }
  return undefined;
}
