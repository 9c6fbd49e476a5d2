import React from 'react';
import { FieldSet, InlineField, Input } from '@grafana/ui';
import type { CubeOptions } from '../query';

interface Props {
  options: Pick<CubeOptions, 'mlUrl' | 'alertsUrl'>;
  onChange: (change: Pick<CubeOptions, 'mlUrl' | 'alertsUrl'>) => void;
}

/** Where the services behind the app's pages are; without an address a page says that its service is missing. */
export function ServiceFields({ options, onChange }: Props) {
  return (
    <FieldSet label="Services of the app's pages">
      <InlineField
        label="Churn service"
        labelWidth={24}
        tooltip="Its address as Grafana's server reaches it; it must share the API secret"
        htmlFor="cube-ml-url"
      >
        <Input
          id="cube-ml-url"
          width={40}
          placeholder="http://127.0.0.1:4100"
          value={options.mlUrl ?? ''}
          onChange={(event) => onChange({ mlUrl: event.currentTarget.value })}
        />
      </InlineField>
      <InlineField
        label="Alert service"
        labelWidth={24}
        tooltip="Its address as Grafana's server reaches it; it must share the API secret"
        htmlFor="cube-alerts-url"
      >
        <Input
          id="cube-alerts-url"
          width={40}
          placeholder="http://127.0.0.1:4200"
          value={options.alertsUrl ?? ''}
          onChange={(event) => onChange({ alertsUrl: event.currentTarget.value })}
        />
      </InlineField>
    </FieldSet>
  );
}
