const CAST =
  /::(?:timestamp with(?:out)? time zone|character varying|double precision|[a-z_]+)(?:\(\d+(?:,\d+)?\))?(?:\[\])?/g;

/**
 * A check constraint as Postgres prints it (pg_get_constraintdef, pretty), for people: without casts, lists as
 * "in (...)". It is for reading only and not valid SQL.
 */
export function plainRule(definition: string): string {
  return definition
    .replace(/^CHECK \((.*)\)(?: NOT VALID)?$/s, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(CAST, '')
    .replaceAll(/= ANY \((?:\()?ARRAY\[([^\]]*)\]\)?\)/g, 'in ($1)')
    .replaceAll(/\((-?[\w.]+|'[^']*')\)(?=\W|$)(?<![a-z_]\([^()]*\))/gi, '$1')
    .replaceAll(/'(-?Infinity)'/gi, (_, word: string) => word.toLowerCase())
    .replaceAll(/isfinite\("?([a-z_]+)"?\)/g, '$1 is finite')
    .replaceAll(/reporting\.is_plausible\("?([a-z_]+)"?\)/g, '$1 is within the years 1900 to 2199')
    .replaceAll(/'[^']*'|\b[A-Z]+\b/g, (word) => (word.startsWith("'") ? word : word.toLowerCase()))
    .trim();
}
