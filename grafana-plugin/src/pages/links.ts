import { PluginExtensionPoints, type AppPlugin, type PluginExtensionPanelContext } from '@grafana/data';
import { t } from '../i18n/t';
import { attributionPanelId, cohortPanelId, dataSourceType, linkTo } from './shared/app';
import type { AppSettings } from './shared/source';

interface ExploreContext {
  targets?: ReadonlyArray<{ view?: string; datasource?: { type?: string } | null }>;
}

/** The page that shows what a view holds; undefined for views without one. */
export function pageOfView(view: string | undefined): string | undefined {
  if (view === undefined || view === '') {
    return undefined;
  }
  const kinds: Record<string, string> = {
    cohorts_paying: 'paying',
    cohorts_by_first_payment: 'first_payment',
    cohorts_by_sign_up: 'sign_up',
    cohorts_by_first_test: 'first_test',
  };
  if (kinds[view] !== undefined) {
    return linkTo('cohorts', { kind: kinds[view] });
  }
  if (view === 'attribution') {
    return linkTo('attribution');
  }
  if (view === 'churn_risk') {
    return linkTo('churn');
  }
  return linkTo('metrics', { view });
}

/** The page behind what a dashboard panel shows. */
export function pageOfPanel(context: PluginExtensionPanelContext | undefined): string | undefined {
  const targets = (context?.targets ?? []) as NonNullable<ExploreContext['targets']>;
  const ours = targets.find(({ datasource }) => datasource?.type === dataSourceType);
  if (ours) {
    return pageOfView(ours.view);
  }
  if (context?.pluginId === cohortPanelId) {
    return linkTo('cohorts');
  }
  return context?.pluginId === attributionPanelId ? linkTo('attribution') : undefined;
}

/** Links from dashboards, Explore and alerts into the pages; their words are asked for once translations are there. */
export function addLinks(plugin: AppPlugin<AppSettings>): void {
  plugin
    .addLink<PluginExtensionPanelContext>({
      get title() {
        return t('links.panel', 'Open the page behind it');
      },
      get description() {
        return t('links.panel-description', 'Opens the page behind these figures');
      },
      targets: [PluginExtensionPoints.DashboardPanelMenu],
      path: linkTo('metrics'),
      configure: (context) => {
        const path = pageOfPanel(context);
        return path === undefined ? undefined : { path };
      },
    })
    .addLink<ExploreContext>({
      get title() {
        return t('links.explore', 'What these figures mean');
      },
      get description() {
        return t('links.explore-description', 'Opens the page behind the figures of this query');
      },
      targets: [PluginExtensionPoints.ExploreToolbarAction],
      path: linkTo('metrics'),
      configure: (context) => {
        const ours = context?.targets?.find(({ datasource }) => datasource?.type === dataSourceType);
        const path = pageOfView(ours?.view);
        return path === undefined ? undefined : { path };
      },
    })
    .addLink({
      get title() {
        return t('links.alert', 'Open the alerts inbox');
      },
      get description() {
        return t('links.alert-description', 'Acknowledge, note and resolve alerts');
      },
      targets: [PluginExtensionPoints.AlertInstanceAction, PluginExtensionPoints.AlertingAlertingRuleAction],
      path: linkTo('alerts', { status: 'open' }),
    });
}
