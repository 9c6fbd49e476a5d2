import React from 'react';
import { FieldSet, InlineField, Input } from '@grafana/ui';
import { t } from '../../i18n/t';
import type { CubeOptions } from '../query';

interface Props {
  options: Pick<CubeOptions, 'mlUrl' | 'alertsUrl'>;
  onChange: (change: Pick<CubeOptions, 'mlUrl' | 'alertsUrl'>) => void;
}

const examples = { mlUrl: 'http://127.0.0.1:4100', alertsUrl: 'http://127.0.0.1:4200' };

/** Where the services behind the app's pages are; without an address a page says that its service is missing. */
export function ServiceFields({ options, onChange }: Props) {
  const serviceAddress = t(
    'config.service-what',
    "Its address as Grafana's server reaches it; it must share the API secret"
  );
  return (
    <FieldSet label={t('config.services', "Services of the app's pages")}>
      <InlineField
        label={t('config.churn-service', 'Churn service')}
        labelWidth={24}
        tooltip={serviceAddress}
        htmlFor="cube-ml-url"
      >
        <Input
          id="cube-ml-url"
          width={40}
          placeholder={examples.mlUrl}
          value={options.mlUrl ?? ''}
          onChange={(event) => onChange({ mlUrl: event.currentTarget.value })}
        />
      </InlineField>
      <InlineField
        label={t('config.alert-service', 'Alert service')}
        labelWidth={24}
        tooltip={serviceAddress}
        htmlFor="cube-alerts-url"
      >
        <Input
          id="cube-alerts-url"
          width={40}
          placeholder={examples.alertsUrl}
          value={options.alertsUrl ?? ''}
          onChange={(event) => onChange({ alertsUrl: event.currentTarget.value })}
        />
      </InlineField>
    </FieldSet>
  );
}
