import type { ClientBase } from 'pg';
import { plainRule } from './plain-rule.ts';

export interface CatalogColumn {
  name: string;
  type: string;
  nullable: boolean;
  /** As Postgres prints it; "identity" for numbers in turn, "computed" for generated columns, null for none. */
  default: string | null;
  description: string | null;
}

export interface CatalogTable {
  /** With schema, such as public.customers. */
  name: string;
  description: string | null;
  columns: CatalogColumn[];
  primaryKey: string[];
  unique: string[][];
  foreignKeys: { columns: string[]; table: string; referenced: string[]; onDelete: 'cascade' | 'restrict' }[];
  /** Rules in plain form. */
  checks: string[];
  /** Without names, such as "btree (customer_id, paid_at)". */
  indexes: string[];
  /** Names of triggers, with the function each calls. */
  triggers: string[];
}

export interface Catalog {
  tables: CatalogTable[];
  /** Signatures with result, such as "reporting.as_of() returns timestamp with time zone". */
  functions: string[];
  /** Types with rules of their own. */
  domains: { name: string; type: string; checks: string[] }[];
}

const SCHEMAS = "('public'::regnamespace, to_regnamespace('reporting'))";

const names = (table: string, numbers: string) => `(
  select coalesce(json_agg(a.attname order by place), '[]') from unnest(${numbers}) with ordinality as numbered (number, place)
  join pg_attribute a on a.attrelid = ${table} and a.attnum = number)`;

const TABLES = `
  select n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as description,
    (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'nullable', not a.attnotnull, 'default', case when a.attidentity <> '' then 'identity' when a.attgenerated <> '' then 'computed'
          else pg_get_expr(d.adbin, d.adrelid) end,
        'description', col_description(c.oid, a.attnum)) order by a.attnum), '[]')
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    coalesce((select ${names('c.oid', 'i.indkey::int2[]')} from pg_index i
      where i.indrelid = c.oid and i.indisprimary), '[]') as "primaryKey",
    (select coalesce(json_agg(u.columns order by u.columns::text), '[]')
      from (select ${names('c.oid', 'k.conkey')} as columns from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'u') u) as unique,
    (select coalesce(json_agg(json_build_object('columns', ${names('c.oid', 'k.conkey')},
        'table', k.confrelid::regclass::text, 'referenced', ${names('k.confrelid', 'k.confkey')},
        'onDelete', case k.confdeltype when 'c' then 'cascade' else 'restrict' end)
        order by k.conkey, k.confrelid::regclass::text), '[]')
      from pg_constraint k where k.conrelid = c.oid and k.contype = 'f') as "foreignKeys",
    (select coalesce(json_agg(pg_get_constraintdef(k.oid, true)), '[]')
      from pg_constraint k where k.conrelid = c.oid and k.contype = 'c') as checks,
    (select coalesce(json_agg(regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', '')), '[]')
      from pg_index i where i.indrelid = c.oid
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)) as indexes,
    (select coalesce(json_agg(g.tgname || ' calls ' || g.tgfoid::regproc order by g.tgname), '[]')
      from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal) as triggers
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relnamespace in ${SCHEMAS}
  order by n.nspname = 'reporting', c.relname`;

const FUNCTIONS = `
  select f.oid::regprocedure || ' returns ' || coalesce(pg_get_function_result(f.oid), 'nothing') as signature
  from pg_proc f where f.pronamespace = to_regnamespace('reporting') order by 1`;

const DOMAINS = `
  select t.typname as name, format_type(t.typbasetype, t.typtypmod) as type,
    (select coalesce(json_agg(pg_get_constraintdef(k.oid, true)), '[]') from pg_constraint k
      where k.contypid = t.oid and k.contype = 'c') as checks
  from pg_type t where t.typtype = 'd' and t.typnamespace in ${SCHEMAS} order by 1`;

/** What the schemas public and reporting of a database hold. Lists are sorted, so that two catalogs can be compared. */
export async function readCatalog(client: ClientBase): Promise<Catalog> {
  // Types and tables print without a schema that is in the search path.
  await client.query('set search_path = public');
  const tables = await client.query<CatalogTable>(TABLES);
  const functions = await client.query<{ signature: string }>(FUNCTIONS);
  const domains = await client.query<Catalog['domains'][number]>(DOMAINS);
  const rules = (checks: string[]) => [...new Set(checks.map((check) => plainRule(check)))].sort();
  return {
    tables: tables.rows.map((table) => ({ ...table, checks: rules(table.checks), indexes: [...table.indexes].sort() })),
    functions: functions.rows.map((row) => row.signature),
    domains: domains.rows.map((domain) => ({ ...domain, checks: rules(domain.checks) })),
  };
}
