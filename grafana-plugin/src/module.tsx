import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';

const Overview = lazy(() => import('./pages/Overview'));

const Root = (_props: AppRootProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <Overview />
  </Suspense>
);

export const plugin = new AppPlugin().setRootPage(Root);
