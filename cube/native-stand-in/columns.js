// From database columns to named, converted columns. This is part of access control:
// a selected member that the caller's meta data does not describe is refused, even when no row came back.
'use strict';

/** From fine to coarse; a custom granularity counts as coarser than all of these. */
const granularityOrder = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

const timestamp = /^(\d{4,}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?$/;

/** Writes a time as Cube's protocol does, `2024-01-31T00:00:00.000`; anything else stays as it is. */
function protocolTime(value) {
  const parts = typeof value === 'string' ? timestamp.exec(value) : null;
  return parts ? `${parts[1]}T${parts[2]}.${(parts[3] ?? '').padEnd(3, '0').slice(0, 3)}` : value;
}

function refuse(member) {
  const error = new Error(`Member '${member}' does not exist or is not available to you.`);
  error.type = 'UserError'; // Cube answers 400 to this type
  throw error;
}

function annotationOf(request, member) {
  if (!Object.hasOwn(request.annotation, member)) refuse(member);
  return request.annotation[member];
}

/** A time dimension asked with a granularity is also reported under its own name: its finest granularity wins. */
function plainTimeColumns(request, columns) {
  const finest = new Map();
  for (const { member, values } of columns) {
    const [cube, name, granularity] = member.split('.');
    const plain = `${cube}.${name}`;
    if (granularity === undefined || request.query.dimensions?.includes(plain)) continue;
    const index = granularityOrder.indexOf(granularity);
    const level = index < 0 ? granularityOrder.length : index;
    if (!finest.has(plain) || level <= finest.get(plain).level) finest.set(plain, { level, values });
  }
  return [...finest].map(([member, { values }]) => ({ member, values }));
}

/** Comparisons say which range a row is of; blended queries share one time column. */
function queryTypeColumns(request, columns, rowCount) {
  const time = request.query.timeDimensions?.[0];
  if (request.queryType === 'compareDateRangeQuery') {
    if (time?.dateRange?.length !== 2) throw new Error('A comparison needs a time dimension with a dateRange.');
    return [{ member: 'compareDateRange', values: Array(rowCount).fill(time.dateRange.join(' - ')) }];
  }
  if (request.queryType === 'blendingQuery') {
    if (!time?.granularity) throw new Error('A blended query needs a time dimension with a granularity.');
    const source = columns.find(({ member }) => member === `${time.dimension}.${time.granularity}`);
    return source ? [{ member: `time.${time.granularity}`, values: source.values }] : [];
  }
  return [];
}

/**
 * @param request what Cube passes to the add-on: alias-to-member map, annotation, query and type
 * @param {Buffer} rows JSON `{members: [alias], columns: [[value]]}`
 * @returns {{member: string, values: unknown[]}[]} columns in the order of the answer
 */
exports.answerColumns = (request, rows) => {
  for (const member of Object.values(request.aliasToMemberNameMap)) annotationOf(request, member);
  const raw = JSON.parse(rows.toString());
  const columns = raw.members.map((alias, index) => {
    if (!Object.hasOwn(request.aliasToMemberNameMap, alias)) refuse(alias);
    const member = request.aliasToMemberNameMap[alias];
    const isTime = annotationOf(request, member).type === 'time';
    return { member, values: isTime ? raw.columns[index].map(protocolTime) : raw.columns[index] };
  });
  if (columns.length === 0) return [];
  columns.push(...plainTimeColumns(request, columns));
  columns.push(...queryTypeColumns(request, columns, columns[0].values.length));
  return columns;
};
