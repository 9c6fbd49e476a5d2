import type { ClientBase } from 'pg';

export interface Column {
  name: string;
  /** As Postgres writes it, e.g. "timestamp with time zone" or the name of a domain. */
  type: string;
  /** The type below domains, without a length, e.g. "numeric". */
  baseType: string;
  /** Most characters of a varchar(n) or char(n), below domains too. */
  maxLength: number | null;
  /** Decimals that a numeric holds, below domains too; null when it holds any number. */
  scale: number | null;
  notNull: boolean;
  hasDefault: boolean;
  isIdentity: boolean;
  /** Rules of a domain, as Postgres prints them. */
  domainRules: string[];
  /** Its values must not appear in logs. */
  isSensitive: boolean;
}

export interface Key {
  columns: string[];
  isPrimary: boolean;
  nullsDistinct: boolean;
}

export interface Reference {
  columns: string[];
  table: string;
  referenced: string[];
}

export interface Rule {
  columns: string[];
  /** Boolean SQL over the table's columns. */
  expression: string;
  /** As Postgres prints it, for messages. */
  definition: string;
}

export interface Table {
  name: string;
  columns: Column[];
  keys: Key[];
  references: Reference[];
  rules: Rule[];
  /** Definitions of triggers that change a row before it is inserted. */
  rowTriggers: string[];
  /** Worked out from other tables, never loaded. */
  isDerived: boolean;
}

/** Tables that triggers keep from others. */
const DERIVED = new Set([
  'business_calendar_days',
  'payer_balance_cells',
  'payer_value_cells',
  'payer_value_matches',
  'payer_value_runs',
]);

const TABLES = `
  select c.relname as name,
    (select json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'baseType', format_type(b.oid, null),
        'maxLength', case when b.typname in ('varchar', 'bpchar')
          then nullif(m.typmod, -1) - 4 end,
        'scale', case when b.typname = 'numeric' and m.typmod >= 4 then (m.typmod - 4) & 65535 end,
        'notNull', a.attnotnull, 'hasDefault', a.atthasdef or a.attidentity <> '', 'isIdentity', a.attidentity <> '',
        'domainRules', coalesce((select json_agg(pg_get_constraintdef(k.oid, true)) from pg_constraint k
          where k.contypid = t.oid and k.contype = 'c'), '[]'),
        'isSensitive', coalesce(col_description(c.oid, a.attnum), '') ~ '\\[(identifying|health)\\]$')
        order by a.attnum)
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
      cross join lateral (select case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as typmod) m
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select coalesce(json_agg(json_build_object('columns', (select json_agg(a.attname order by k.at)
          from unnest(i.indkey::int[]) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where k.at <= i.indnkeyatts),
        'isPrimary', i.indisprimary, 'nullsDistinct', not i.indnullsnotdistinct) order by i.indexrelid), '[]')
      from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indexprs is null) as keys,
    (select coalesce(json_agg(json_build_object(
        'columns', (select json_agg(a.attname order by k.at) from unnest(f.conkey) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
        'table', r.relname,
        'referenced', (select json_agg(a.attname order by k.at) from unnest(f.confkey) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)) order by f.conname), '[]')
      from pg_constraint f join pg_class r on r.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f') as references,
    (select coalesce(json_agg(json_build_object(
        'columns', (select json_agg(a.attname order by k.at) from unnest(f.conkey) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
        'expression', pg_get_expr(f.conbin, f.conrelid),
        'definition', pg_get_constraintdef(f.oid, true)) order by f.conname), '[]')
      from pg_constraint f where f.conrelid = c.oid and f.contype = 'c') as rules,
    (select coalesce(json_agg(pg_get_triggerdef(g.oid) order by g.tgname), '[]')
      from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal and g.tgtype & 7 = 7) as "rowTriggers"
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  order by c.relname`;

/** Every table of schema public, as it is in this database. */
export async function readTables(client: ClientBase): Promise<Map<string, Table>> {
  const { rows } = await client.query<Omit<Table, 'isDerived'>>(TABLES);
  return new Map(rows.map((table) => [table.name, { ...table, isDerived: DERIVED.has(table.name) }]));
}

/**
 * Sorts tables so that each comes after those it refers to. A table's references to itself do not matter.
 * @throws when tables refer to each other in a circle
 */
export function inDependencyOrder(tables: Table[]): Table[] {
  const sorted: Table[] = [];
  let left = [...tables].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  while (left.length > 0) {
    const waiting = new Set(left.map((table) => table.name));
    const ready = left.filter((table) =>
      table.references.every((r) => r.table === table.name || !waiting.has(r.table)),
    );
    if (ready.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...waiting].join(', ')}`);
    sorted.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return sorted;
}
