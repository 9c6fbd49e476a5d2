// Whole answers of the REST API, in its three formats, for one query or several.
'use strict';
const { answerColumns } = require('./columns.js');

/** What the echoed query may hold; anything else (mask rules, cache switches) stays inside. */
const echoed = [
  'measures',
  'dimensions',
  'timeDimensions',
  'segments',
  'filters',
  'order',
  'limit',
  'rowLimit',
  'offset',
  'total',
  'timezone',
  'ungrouped',
  'responseFormat',
  'queryType',
];

function withoutEmpty(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));
}

function echo(query) {
  return withoutEmpty(Object.fromEntries(echoed.map((name) => [name, query[name]])));
}

function shape(columns, format) {
  const members = columns.map(({ member }) => member);
  if (format === 'columnar') return { members, columns: columns.map(({ values }) => values) };
  const rowCount = columns[0]?.values.length ?? 0;
  const dataset = Array.from({ length: rowCount }, (_, row) => columns.map(({ values }) => values[row]));
  if (format === 'compact') return { members, dataset };
  return dataset.map((values) => Object.fromEntries(members.map((member, index) => [member, values[index]])));
}

function singleAnswer(request, rows, answer) {
  return {
    ...withoutEmpty(answer),
    query: echo(answer.query),
    data: shape(answerColumns(request, rows), request.resType),
  };
}

/** The query that describes how the parts of a multiple answer fit together. */
function pivotQuery(queryType, queries) {
  const first = { ...queries[0], queryType };
  if (queryType === 'compareDateRangeQuery') {
    return { ...first, dimensions: ['compareDateRange', ...(first.dimensions ?? [])] };
  }
  if (queryType === 'blendingQuery') {
    const union = (name) => [...new Set(queries.flatMap((query) => query[name] ?? []))];
    const granularity = queries.map((query) => query.timeDimensions?.[0]?.granularity).find(Boolean);
    return {
      ...first,
      measures: union('measures'),
      dimensions: union('dimensions'),
      timeDimensions: [{ dimension: 'time', granularity }],
    };
  }
  return first;
}

function multiAnswer(requests, rows, answer) {
  const results = answer.results.map((part, index) => singleAnswer(requests[index], rows[index], part));
  return {
    ...withoutEmpty(answer),
    results,
    pivotQuery: pivotQuery(
      answer.queryType,
      results.map(({ query }) => query),
    ),
  };
}

exports.singleAnswer = singleAnswer;
exports.multiAnswer = multiAnswer;
