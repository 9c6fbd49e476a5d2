import type { Catalog, CatalogColumn, CatalogTable } from './catalog.ts';
import { shortName } from './compare.ts';

const INTRODUCTION = `# Data contract

What each table means and must hold, for whoever maps their own data to it. \`npm run check -- --write-docs\` makes this
page from the database; it is not edited by hand. \`npm run check\` tells what a database lacks of it.

- An *instant* is a \`timestamp with time zone\`; without a zone, an import reads them as UTC. Days (\`date\`) are days of
  the reporting time zone, unless it says otherwise.
- Amounts are decimal currency units, not cents, and before tax unless it says otherwise. An amount in another currency
  than the reporting one needs an exchange rate on its day or in the seven days before.
- An import takes numbers as plain decimals (\`1000.50\`) with no more decimals than the column holds, and days and times in
  ISO 8601 (\`2024-05-31\`, \`2024-05-31T09:30:00Z\`), within the years 1900 to 2199.
- *Required* columns must be in a file to import; another that is left out of the file takes its default, or is null. An
  empty field is null and never takes the default: where null must not be, it is refused.
- *Identifying* and *health* columns: their values never appear in messages of the import or the check.
- Rules hold for every row; a rule about a missing value is not broken.
`;

/** The domains in the order of the page, with their titles. */
const DOMAINS: Record<string, string> = {
  customers: 'Customers',
  revenue: 'Revenue',
  marketing: 'Marketing',
  operations: 'Operations',
  payers: 'Payers',
  finance: 'Finance',
  platform: 'Platform',
};

/** The page docs/data-contract.md. */
export function documentCatalog(catalog: Catalog): string {
  const parts = [INTRODUCTION];
  for (const [domain, title] of Object.entries(DOMAINS)) {
    parts.push(`## ${title}\n`);
    for (const table of catalog.tables.filter((one) => domainOf(one) === domain)) parts.push(documentTable(table));
  }
  parts.push('## Types\n', table(['type', 'is', 'rule'], catalog.domains.map(domainRow)));
  parts.push('## Helper functions\n', catalog.functions.map((signature) => `- \`${signature}\``).join('\n') + '\n');
  return parts.join('\n');
}

function domainOf({ name, description }: CatalogTable): string {
  const domain = /^\[(\w+)\] /.exec(description ?? '')?.[1];
  if (domain === undefined || !(domain in DOMAINS))
    throw new Error(`The comment of ${name} must begin with its [domain].`);
  return domain;
}

function documentTable(described: CatalogTable): string {
  const lines = [`### ${shortName(described.name)}\n`, `${(described.description ?? '').replace(/^\[\w+\] /, '')}\n`];
  lines.push(
    table(
      ['column', 'type', '', 'meaning'],
      described.columns.map((column) => columnRow(column, described)),
    ),
  );
  const facts = [`Key: ${code(described.primaryKey)}.`, ...described.unique.map((key) => `Unique: ${code(key)}.`)];
  for (const rule of described.checks) facts.push(`Rule: \`${rule}\`.`);
  lines.push(facts.map((fact) => `- ${fact}`).join('\n') + '\n');
  return lines.join('\n');
}

function columnRow(column: CatalogColumn, { foreignKeys }: CatalogTable): string[] {
  const [, meaning = '', , tag] = /^(.*?)( \[(identifying|health)\])?$/s.exec(column.description ?? '') ?? [];
  const targets = foreignKeys
    .filter((key) => key.columns.includes(column.name))
    .map((key) => `Refers to [${key.table}](#${key.table}).`);
  const isRequired = !column.nullable && column.default === null;
  const need = isRequired ? 'required' : column.default === null ? '' : plainDefault(column.default);
  const marks = tag === undefined ? [] : [`*${tag}*`];
  return [`\`${column.name}\``, shortType(column.type), need, [meaning, ...targets, ...marks].join(' ')];
}

function plainDefault(expression: string): string {
  const plain = expression.replaceAll(/::[a-z_ ]+(\[\])?/g, '').replaceAll(/^'(.*)'$/g, '$1');
  if (plain === 'computed') return 'computed';
  if (plain === 'gen_random_uuid()') return 'default a new UUID';
  if (plain === 'identity') return 'default the next number';
  return `default ${plain === 'CURRENT_TIMESTAMP' || plain === 'now()' ? 'now' : plain}`;
}

function shortType(type: string): string {
  return type
    .replace('timestamp with time zone', 'instant')
    .replace('time without time zone', 'time of day')
    .replace('character varying', 'text')
    .replace(/^character\(/, 'text(');
}

function domainRow({ name, type, checks }: Catalog['domains'][number]): string[] {
  return [`\`${name}\``, type, checks.map((rule) => `\`${rule}\``).join(', ')];
}

function code(columns: string[]): string {
  return columns.map((column) => `\`${column}\``).join(', ');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n') + '\n';
}
