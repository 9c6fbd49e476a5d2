import type { Client } from 'pg';
import { tableNames } from './tables.ts';

interface Suspended {
  name: string;
  drop: string;
  restore: string;
}

const written = `any ($1::regclass[])`;

const foreignKeys = `
  select conname as name, format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      || coalesce('; comment on constraint ' || quote_ident(conname) || ' on ' || conrelid::regclass || ' is '
        || quote_literal(obj_description(oid, 'pg_constraint')), '') as restore
  from pg_constraint where contype = 'f' and conparentid = 0 and (conrelid = ${written} or confrelid = ${written})
  order by conrelid::regclass::text, conname`;

/**
 * Indexes, those of keys included. Left alone: those that something else depends on or that a definition does not tell
 * all of, and those of tables with triggers, which may look up rows.
 */
const indexes = `
  select i.indexrelid::regclass::text as name,
    case when k.oid is null then format('drop index %s', i.indexrelid::regclass)
      else format('alter table %s drop constraint %I', i.indrelid::regclass, k.conname) end as drop,
    case when k.oid is null then pg_get_indexdef(i.indexrelid)
      else format('alter table %s add constraint %I %s', i.indrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) end
      || coalesce('; comment on index ' || i.indexrelid::regclass || ' is ' || quote_literal(obj_description(i.indexrelid, 'pg_class')), '')
      || coalesce('; comment on constraint ' || quote_ident(k.conname) || ' on ' || i.indrelid::regclass || ' is '
        || quote_literal(obj_description(k.oid, 'pg_constraint')), '') as restore
  from pg_index i join pg_class c on c.oid = i.indexrelid
  left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
  where i.indrelid = ${written} and i.indisvalid and not i.indisclustered and not i.indisreplident
    and c.reloptions is null and c.reltablespace = 0
    and not exists (select from pg_trigger t where t.tgrelid = i.indrelid and not t.tgisinternal and t.tgnewtable is not null)
    and not exists (select from pg_depend d where d.deptype = 'n' and d.classid <> 'pg_constraint'::regclass
      and (d.refobjid = i.indexrelid and d.refclassid = 'pg_class'::regclass or d.refobjid = k.oid and d.refclassid = 'pg_constraint'::regclass))
  order by 1`;

/**
 * Takes the foreign keys and indexes of the written tables off, for the rest of the transaction: checked and sorted at
 * once they cost a small part of what they do row by row.
 * @returns a function that puts them back and names each as it begins; it throws when a row breaks one
 */
export async function suspendConstraints(client: Client): Promise<(begin: (step: string) => void) => Promise<void>> {
  const take = async (query: string) => {
    const { rows } = await client.query<Suspended>(query, [tableNames]);
    for (const { drop } of rows) await client.query(drop);
    return rows;
  };
  const references = await take(foreignKeys);
  const keys = await take(indexes);
  return async (begin) => {
    for (const [what, all] of [
      ['index', keys],
      ['reference', references],
    ] as const) {
      for (const [i, { name, restore }] of all.entries()) {
        begin(`${what} ${i + 1} of ${all.length}: ${name}`);
        await client.query(restore);
      }
    }
  };
}
