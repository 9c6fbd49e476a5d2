/** The app's own id, and the paths of its pages. */
export const appId = 'fairunderwriting-analytics-app';
export const dataSourceType = 'fairunderwriting-cube-datasource';
export const cohortPanelId = 'fairunderwriting-cohort-panel';
export const attributionPanelId = 'fairunderwriting-attribution-panel';

const base = `/a/${appId}`;

export const paths = {
  home: base,
  cohorts: `${base}/cohorts`,
  attribution: `${base}/attribution`,
  churn: `${base}/churn`,
  alerts: `${base}/alerts`,
  metrics: `${base}/metrics`,
  configuration: `${base}/configuration`,
} as const;

export type PageName = keyof typeof paths;

/** The page of an address; undefined where there is none. */
export function pageAt(pathname: string): PageName | undefined {
  const path = pathname.replace(/\/+$/, '');
  const found = Object.entries(paths).find(([, address]) => path.endsWith(address));
  return found?.[0] as PageName | undefined;
}

/** The address of a page with its state. Empty parameters are left out. */
export function linkTo(page: PageName, state: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(state).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return query === '' ? paths[page] : `${paths[page]}?${query}`;
}
