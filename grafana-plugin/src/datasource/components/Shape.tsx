import React, { useId } from 'react';
import { InlineField, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
import { memberOptions } from '../options';
import type { Format } from '../query';
import { MembersField } from './MembersField';
import { labelWidth, type PartProps } from './types';

const formats = (): Array<{ value: Format; label: string; description: string }> => [
  {
    value: 'time_series',
    label: t('shape.time-series', 'Time series'),
    description: t('shape.time-series-what', 'One series for each measure and set of dimension values'),
  },
  { value: 'table', label: t('shape.table', 'Table'), description: t('shape.table-what', 'Rows as they are') },
];

/** How many rows come back, in which form, and where their links lead. */
export function Shape({ query, view, onChange }: PartProps) {
  const limitId = useId();
  const { segments, drillDown = [] } = query;
  return (
    <>
      {(view.segments.length > 0 || segments.length > 0) && (
        <MembersField
          label={t('shape.segments', 'Segments')}
          tooltip={t('shape.segments-what', 'Filters that the model defines')}
          placeholder={t('shape.no-segments', 'None')}
          own={memberOptions(view.segments)}
          chosen={segments}
          onChange={(chosen) => onChange({ segments: chosen })}
        />
      )}
      <MembersField
        label={t('shape.drill-down', 'Drill down to')}
        tooltip={t(
          'shape.drill-down-what',
          'Links on each figure open Explore with the figure broken down by these dimensions'
        )}
        placeholder={t('shape.no-links', 'No links')}
        own={memberOptions(view.dimensions.filter(({ type }) => type !== 'time'))}
        chosen={drillDown}
        onChange={(chosen) => onChange({ drillDown: chosen.length > 0 ? chosen : undefined })}
      />
      <Stack direction="row" gap={0.5} wrap="wrap">
        <InlineField label={t('shape.format', 'Format')} labelWidth={labelWidth}>
          <RadioButtonGroup
            aria-label={t('shape.format', 'Format')}
            options={formats()}
            value={query.format}
            onChange={(format) => onChange({ format })}
          />
        </InlineField>
        <InlineField
          label={t('shape.limit', 'Limit')}
          htmlFor={limitId}
          tooltip={t('shape.limit-what', "Rows; the data source's limit when empty. A cut answer says so.")}
        >
          <Input
            id={limitId}
            key={query.limit}
            type="number"
            min={1}
            max={49_999}
            width={14}
            defaultValue={query.limit}
            onBlur={(event) => {
              const limit = Number(event.currentTarget.value) || undefined;
              if (limit !== query.limit) {
                onChange({ limit });
              }
            }}
          />
        </InlineField>
      </Stack>
    </>
  );
}
