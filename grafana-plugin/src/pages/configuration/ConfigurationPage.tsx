import React from 'react';
import { t } from '../../i18n/t';
import { LinkButton } from '@grafana/ui';
import { appId } from '../shared/app';
import { Page } from '../shared/Page';
import { Health } from './Health';

/** Whether everything that the pages need answers. */
export default function ConfigurationPage() {
  return (
    <Page
      title={t('configuration.title', 'Configuration')}
      subTitle={t(
        'configuration.subtitle',
        'The data source and the services behind these pages, and whether they answer.'
      )}
      actions={
        <LinkButton variant="secondary" icon="cog" href={`/plugins/${appId}?page=configuration`}>
          {t('configuration.settings', 'Settings of the app')}
        </LinkButton>
      }
    >
      <Health />
    </Page>
  );
}
