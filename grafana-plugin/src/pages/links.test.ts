import type { PluginExtensionPanelContext } from '@grafana/data';
import { pageOfPanel, pageOfView } from './links';
import { dataSourceType } from './shared/app';

const base = '/a/fairunderwriting-analytics-app';

test.each([
  ['cohorts_by_sign_up', `${base}/cohorts?kind=sign_up`],
  ['attribution', `${base}/attribution`],
  ['churn_risk', `${base}/churn`],
  ['lab_sla', `${base}/metrics?view=lab_sla`],
  ['', undefined],
  [undefined, undefined],
])('the view %s has the page %s', (view, page) => {
  expect(pageOfView(view)).toBe(page);
});

function panel(pluginId: string, targets: object[]): PluginExtensionPanelContext {
  return { pluginId, targets } as unknown as PluginExtensionPanelContext;
}

test('a panel leads to the page of its first query of ours, else to that of its kind', () => {
  const ours = { view: 'revenue', datasource: { type: dataSourceType } };
  expect(pageOfPanel(panel('timeseries', [{ datasource: null }, ours]))).toBe(`${base}/metrics?view=revenue`);
  expect(pageOfPanel(panel('fairunderwriting-cohort-panel', []))).toBe(`${base}/cohorts`);
  expect(pageOfPanel(panel('fairunderwriting-attribution-panel', []))).toBe(`${base}/attribution`);
  expect(pageOfPanel(panel('timeseries', [{ view: 'revenue', datasource: { type: 'prometheus' } }]))).toBeUndefined();
  expect(pageOfPanel(undefined)).toBeUndefined();
});
