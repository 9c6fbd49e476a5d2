import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import { addLinks } from './pages/links';
import { appId } from './pages/shared/app';
import type { AppSettings } from './pages/shared/source';

const translated = initPluginTranslations(appId);
const App = lazy(() => translated.then(() => import('./pages/App')));
const Settings = lazy(() => translated.then(() => import('./pages/configuration/SettingsTab')));

const Root = (props: AppRootProps<AppSettings>) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <App {...props} />
  </Suspense>
);

export const plugin = new AppPlugin<AppSettings>().setRootPage(Root).addConfigPage({
  title: 'Configuration',
  icon: 'cog',
  id: 'configuration',
  body: (props) => (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <Settings {...props} />
    </Suspense>
  ),
});

addLinks(plugin);
