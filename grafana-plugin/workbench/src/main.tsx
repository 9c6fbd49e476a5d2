import { initPluginTranslations } from '@grafana/i18n';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { prepareGrafana } from './grafana';
import { scenes } from './registry';
import { Workbench } from './Workbench';

prepareGrafana();
const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no element #root.');
}
// Tests read here which scenes there are.
root.dataset.scenes = scenes
  .filter(({ live }) => !live)
  .map(({ id }) => id)
  .join(' ');
// Without translations every text is the English one beside its key.
void initPluginTranslations('workbench').then(() => createRoot(root).render(<Workbench />));
