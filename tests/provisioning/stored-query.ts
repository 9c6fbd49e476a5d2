import type { CubeQuery } from '@fair-underwriting/provisioning/src/cube-query.ts';

/** What a dashboard's variables stand for at first; those left out stand for all values. */
const chosen: Record<string, string> = { $lookback: '30', $conversion: 'first_payment', $payer: 'Anthem' };

/** The REST query that the data source makes of a stored one, for a range of days. */
export function restQuery(stored: CubeQuery, dateRange: [string, string]): object {
  const { measures, dimensions, timeDimension, segments, order, limit = 5_000 } = stored;
  const filters = stored.filters.flatMap(({ member, operator, values }) => {
    const known = values.flatMap((value) => (value.startsWith('$') ? (chosen[value] ?? []) : [value]));
    return known.length === values.length ? [{ member, operator, values: known }] : [];
  });
  return {
    measures,
    dimensions,
    filters,
    segments,
    timeDimensions: [{ ...timeDimension, dateRange }],
    order: order.map(({ member, direction }) => [member, direction]),
    limit,
  };
}
