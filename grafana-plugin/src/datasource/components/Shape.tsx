import React from 'react';
import { InlineField, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import type { Format } from '../query';
import type { PartProps } from './types';

const formats: Array<{ value: Format; label: string }> = [
  { value: 'time_series', label: 'Time series' },
  { value: 'table', label: 'Table' },
];

/** How many rows come back, and in which form. */
export function Shape({ query, onChange }: Omit<PartProps, 'meta'>) {
  return (
    <Stack direction="row" gap={0.5}>
      <InlineField label="Format" labelWidth={18}>
        <RadioButtonGroup options={formats} value={query.format} onChange={(format) => onChange({ format })} />
      </InlineField>
      <InlineField label="Limit" tooltip="Rows; the data source's limit when empty. A cut answer says so.">
        <Input
          aria-label="Limit"
          type="number"
          min={1}
          max={49_999}
          width={14}
          defaultValue={query.limit}
          onBlur={(event) => onChange({ limit: Number(event.currentTarget.value) || undefined })}
        />
      </InlineField>
    </Stack>
  );
}
