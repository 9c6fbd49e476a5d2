import cube, { type Query } from '@cubejs-client/core';

const query = {
  measures: ['mrr_movements.mrr_closing', 'mrr_movements.mrr_churn'],
  timeDimensions: [{ dimension: 'mrr_movements.month', granularity: 'month' }],
  filters: [{ member: 'mrr_movements.is_partial', operator: 'equals', values: ['false'] }],
  order: { 'mrr_movements.month': 'asc' },
  limit: 1_000,
} satisfies Query;

interface Month {
  month: string;
  /** Amounts come as text, since a number would lose cents: keep them so, or convert on purpose. */
  closing: string;
  churn: string;
}

/** MRR at the end of each month, and what churned in it. */
export async function mrrByMonth(cubeUrl: string, token: string): Promise<Month[]> {
  const api = cube(token, { apiUrl: `${cubeUrl}/cubejs-api/v1` });
  const answer = await api.load(query);
  return answer.rawData().map((row) => ({
    month: String(row['mrr_movements.month.month']).slice(0, 7),
    closing: String(row['mrr_movements.mrr_closing']),
    churn: String(row['mrr_movements.mrr_churn']),
  }));
}
