import React, { lazy, Suspense, useMemo, type ComponentType, type LazyExoticComponent } from 'react';
import type { AppRootProps } from '@grafana/data';
import { t } from '../i18n/t';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, LinkButton, LoadingPlaceholder } from '@grafana/ui';
import { pageAt, paths, type PageName } from './shared/app';
import { usePathname } from './shared/location';
import { Page } from './shared/Page';
import { chooseSource, SourceContext, type AppSettings } from './shared/source';

const pages: Record<PageName, LazyExoticComponent<ComponentType>> = {
  home: lazy(() => import('./home/HomePage')),
  cohorts: lazy(() => import('./cohorts/CohortsPage')),
  attribution: lazy(() => import('./attribution/AttributionPage')),
  churn: lazy(() => import('./churn/ChurnPage')),
  alerts: lazy(() => import('./alerts/AlertsPage')),
  metrics: lazy(() => import('./metrics/MetricsPage')),
  configuration: lazy(() => import('./configuration/ConfigurationPage')),
};

/** Each page is loaded when it is first opened. */
export default function App({ meta }: AppRootProps<AppSettings>) {
  const page = pageAt(usePathname());
  const source = useMemo(() => chooseSource(getDataSourceSrv(), meta.jsonData ?? {}), [meta.jsonData]);
  if (page === undefined) {
    return (
      <Page title={t('app.not-found', 'Page not found')} subTitle="">
        <LinkButton href={paths.home}>{t('app.to-home', 'To what needs attention now')}</LinkButton>
      </Page>
    );
  }
  if (source === undefined && page !== 'configuration') {
    return <NoSource />;
  }
  const Content = pages[page];
  return (
    <SourceContext.Provider value={source ?? ''}>
      <Suspense fallback={<LoadingPlaceholder text={t('app.loading', 'Loading the page ...')} />}>
        <Content />
      </Suspense>
    </SourceContext.Provider>
  );
}

function NoSource() {
  return (
    <Page title={t('app.name', 'Fair Underwriting Analytics')} subTitle="">
      <Alert severity="warning" title={t('app.no-source', 'There is no Cube data source yet')}>
        <p>{t('app.no-source-why', 'Every figure of these pages comes from Cube through a data source.')}</p>
        <LinkButton href="/connections/datasources/new">{t('app.add-source', 'Add one')}</LinkButton>
      </Alert>
    </Page>
  );
}
