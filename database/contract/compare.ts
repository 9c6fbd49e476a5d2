import type { Catalog, CatalogTable } from './catalog.ts';

/**
 * Says what a database lacks of the contract. More than the contract asks for is no fault: further tables, nullable
 * columns, rules or indexes. Names of constraints and indexes do not matter, only what they do.
 */
export function compareCatalogs(expected: Catalog, actual: Catalog): string[] {
  const missing: string[] = [];
  const tables = new Map(actual.tables.map((table) => [table.name, table]));
  for (const table of expected.tables) {
    const found = tables.get(table.name);
    if (found) missing.push(...compareTables(table, found).map((fault) => `${shortName(table.name)}: ${fault}`));
    else missing.push(`${shortName(table.name)}: the table is missing`);
  }
  for (const domain of expected.domains) {
    const found = actual.domains.find((one) => one.name === domain.name);
    if (!found) missing.push(`The type ${domain.name} is missing`);
    else if (found.type !== domain.type) missing.push(`The type ${domain.name} is ${found.type}, not ${domain.type}`);
    for (const rule of domain.checks.filter((one) => found && !found.checks.includes(one))) {
      missing.push(`The type ${domain.name} lacks the rule: ${rule}`);
    }
  }
  for (const signature of lacking(expected.functions, actual.functions)) {
    missing.push(`The function ${signature} is missing`);
  }
  return missing;
}

/** public is where tables are when nothing is said. */
export function shortName(name: string): string {
  return name.replace(/^public\./, '');
}

function compareTables(expected: CatalogTable, actual: CatalogTable): string[] {
  const faults: string[] = [];
  const columns = new Map(actual.columns.map((column) => [column.name, column]));
  for (const column of expected.columns) {
    const found = columns.get(column.name);
    if (!found) faults.push(`the column ${column.name} (${column.type}) is missing`);
    else {
      if (found.type !== column.type) faults.push(`${column.name} is of type ${found.type}, not ${column.type}`);
      if (found.nullable && !column.nullable) faults.push(`${column.name} may be null, but must not`);
      if (!found.nullable && column.nullable) faults.push(`${column.name} may not be null, but the contract lets it`);
      if (found.default !== column.default && column.default !== null) {
        faults.push(`${column.name} lacks the default ${column.default}`);
      }
    }
  }
  const known = new Set(columns.keys());
  const present = (names: string[]) => names.every((name) => known.has(name));
  if (present(expected.primaryKey) && !same(expected.primaryKey, actual.primaryKey)) {
    faults.push(`the primary key (${expected.primaryKey.join(', ')}) is missing`);
  }
  for (const key of expected.unique.filter((one) => present(one) && !actual.unique.some((other) => same(one, other)))) {
    faults.push(`the unique key (${key.join(', ')}) is missing`);
  }
  for (const key of expected.foreignKeys.filter((one) => present(one.columns))) {
    if (!actual.foreignKeys.some((other) => same(key, other))) {
      const columnsOf = (names: string[]) => names.join(', ');
      faults.push(
        `the foreign key (${columnsOf(key.columns)}) to ${key.table} (${columnsOf(key.referenced)}) on delete ${key.onDelete} is missing`,
      );
    }
  }
  for (const rule of lacking(expected.checks, actual.checks)) faults.push(`the rule is missing: ${rule}`);
  for (const index of lacking(expected.indexes, actual.indexes)) faults.push(`the index is missing: ${index}`);
  for (const trigger of lacking(expected.triggers, actual.triggers)) faults.push(`the trigger is missing: ${trigger}`);
  return faults;
}

function lacking(expected: string[], actual: string[]): string[] {
  return expected.filter((one) => !actual.includes(one));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
