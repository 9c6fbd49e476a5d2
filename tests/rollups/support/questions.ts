import { allPanels } from '@fair-underwriting/provisioning/src/dashboard.ts';
import { dashboards } from '@fair-underwriting/provisioning/src/dashboards/all.ts';
import type { CubeQuery } from '@fair-underwriting/provisioning/src/cube-query.ts';
import { restQuery } from '../../provisioning/stored-query.ts';

export interface Question {
  /** Dashboard and panel. */
  name: string;
  view: string;
  measures: string[];
  query: RestQuery;
}

export interface RestQuery {
  measures: string[];
  dimensions: string[];
  timeDimensions: [{ dimension: string; granularity?: string; dateRange: [string, string] }];
  filters: { member: string; operator: string; values: string[] }[];
  order: [string, string][];
  limit: number;
}

/** What the panels of the dashboards ask when they are opened, each question once. */
export function panelQuestions(dateRange: [string, string]): Question[] {
  const asked = dashboards.flatMap((dashboard) =>
    allPanels(dashboard).flatMap((panel) => {
      const { title = '', targets = [] } = panel as unknown as { title?: string; targets?: CubeQuery[] };
      return targets.map((stored) => {
        const query = restQuery(stored, dateRange) as RestQuery;
        return { name: `${dashboard.title ?? ''}: ${title}`, view: stored.view, measures: stored.measures, query };
      });
    }),
  );
  const seen = new Map(asked.map((question) => [JSON.stringify(question.query), question]));
  return [...seen.values()];
}
