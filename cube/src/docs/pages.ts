import type { DocumentedMember, DocumentedView } from './read-model.ts';

const edited = '<!-- Written by npm run docs from the models; not edited by hand. -->';

/** The pages of docs/metrics, by file name. */
export function pagesOf(views: readonly DocumentedView[]): Map<string, string> {
  return new Map([['README.md', index(views)], ...views.map((view) => [`${view.name}.md`, page(view)] as const)]);
}

function index(views: readonly DocumentedView[]): string {
  const members = views.reduce((sum, view) => sum + view.members.length, 0);
  return `# Metric catalogue

${edited}

${views.length} views with ${members} members. What their definitions decide is in [Metrics](../metrics.md); how to ask them in
[For analysts](../analysts.md).

${table(
  ['view', 'what', 'roles'],
  views.map((view) => [`[\`${view.name}\`](${view.name}.md)`, view.description, view.roles.join(', ')]),
)}`;
}

function page(view: DocumentedView): string {
  const parts = [`# ${view.title}\n\n${edited}\n\n\`${view.name}\`. ${view.description}\n`];
  parts.push(`Roles: ${view.roles.join(', ')}.\n`);
  for (const [kind, heading] of [
    ['measure', 'Measures'],
    ['dimension', 'Dimensions'],
    ['segment', 'Segments'],
  ] as const) {
    const members = view.members.filter((member) => member.kind === kind);
    if (members.length === 0) continue;
    parts.push(`## ${heading}\n`);
    for (const member of members) parts.push(describe(member, view));
  }
  parts.push(examples(view));
  return parts.join('\n');
}

function describe(member: DocumentedMember, view: DocumentedView): string {
  const facts = [`- Formula: ${formula(member)}`, `- Kind: ${kindOf(member)}`];
  if (member.roles.length < view.roles.length) facts.push(`- Roles: ${member.roles.join(', ')}`);
  return `### ${member.title}\n\n\`${view.name}.${member.name}\`: ${member.definition}\n\n${facts.join('\n')}\n`;
}

/** Aggregation and condition around the model's SQL; \`{name}\` is another member, \`{CUBE}\` the rows themselves. */
function formula({ kind, type, sql, filters }: DocumentedMember): string {
  const inner = sql ?? (type === 'count' ? '*' : '');
  const aggregates: Record<string, string> = { count_distinct: `count(distinct ${inner})`, number: inner };
  const shown = kind === 'measure' ? (aggregates[type] ?? `${type}(${inner})`) : inner;
  const condition = filters.length === 0 ? '' : ` where ${filters.join(' and ')}`;
  return code(`${shown}${condition}`);
}

function kindOf({ kind, type, format, unit, isSelector }: DocumentedMember): string {
  const shown =
    format === 'percent' ? 'a fraction, shown as percent' : format === 'currency' ? 'the reporting currency' : format;
  const parts = [kind === 'measure' ? type : `${type} ${kind}`, unit && `in ${unit}`, shown && `in ${shown}`];
  if (format === 'percent') parts[2] = shown;
  return [...parts, isSelector && 'chooses what is computed'].filter(Boolean).join('; ');
}

/** A query that anybody who sees the view may ask. */
export function exampleQuery({ name, members, roles }: DocumentedView): Record<string, unknown> {
  const open = members.filter((member) => member.roles.length === roles.length);
  const of = (kind: DocumentedMember['kind']) => open.filter((member) => member.kind === kind && !member.isSelector);
  const measures = of('measure').slice(0, 2);
  const time = of('dimension').find(({ type }) => type === 'time');
  const dimension = of('dimension').find(({ type }) => type === 'string');
  return {
    measures: measures.map((member) => `${name}.${member.name}`),
    ...(dimension && { dimensions: [`${name}.${dimension.name}`] }),
    ...(time && { timeDimensions: [{ dimension: `${name}.${time.name}`, granularity: 'month' }] }),
    limit: 100,
  };
}

/** The same as SQL. */
function exampleSql(view: DocumentedView): string {
  const {
    measures,
    dimensions = [],
    timeDimensions = [],
  } = exampleQuery(view) as {
    measures: string[];
    dimensions?: string[];
    timeDimensions?: { dimension: string }[];
  };
  const short = (member: string) => member.slice(member.indexOf('.') + 1);
  const groups = [
    ...timeDimensions.map(({ dimension }) => `date_trunc('month', ${short(dimension)})`),
    ...dimensions.map(short),
  ];
  const columns = [...groups, ...measures.map((member) => `measure(${short(member)}) as ${short(member)}`)];
  const grouping = groups.length === 0 ? '' : `\ngroup by ${groups.map((_, index) => index + 1).join(', ')}`;
  return `select ${columns.join(', ')}\nfrom ${view.name}${grouping}\nlimit 100`;
}

function examples(view: DocumentedView): string {
  return `## Examples

Over REST, \`POST /cubejs-api/v1/load\`:

\`\`\`json
${JSON.stringify({ query: exampleQuery(view) }, undefined, 2)}
\`\`\`

Over the SQL API (not run with this model yet):

\`\`\`sql
${exampleSql(view)}
\`\`\`
`;
}

/** Text that may hold backticks, as code. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
