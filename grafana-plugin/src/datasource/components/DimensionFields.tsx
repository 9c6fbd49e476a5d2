import React from 'react';
import { InlineField, MultiSelect, Select, Stack } from '@grafana/ui';
import { memberOptions, viewOptions, withChosen } from '../options';
import { emptyQuery, granularities } from '../query';
import type { PartProps } from './types';

const labelWidth = 18;
const width = 40;

const granularityOptions = [
  { value: '', label: 'None (only filter)' },
  ...granularities.map((value) => ({ value, label: value })),
];

/** View, measures, dimensions and the time dimension, all by their titles. */
export function DimensionFields({ query, meta, onChange }: PartProps) {
  const view = meta.views.find(({ name }) => name === query.view);
  const dimensions = view?.dimensions ?? [];
  const time = query.timeDimension;
  const timeOptions = memberOptions(dimensions.filter(({ type }) => type === 'time'));
  return (
    <>
      <InlineField label="View" labelWidth={labelWidth}>
        <Select
          aria-label="View"
          width={width}
          options={withChosen(viewOptions(meta), query.view ? [query.view] : [])}
          value={query.view}
          onChange={({ value }) => onChange({ ...emptyQuery, format: query.format, view: value ?? '' })}
        />
      </InlineField>
      <InlineField label="Measures" labelWidth={labelWidth} grow>
        <MultiSelect
          aria-label="Measures"
          options={withChosen(memberOptions(view?.measures ?? []), query.measures)}
          value={query.measures}
          onChange={(chosen) => onChange({ measures: chosen.flatMap(({ value }) => value ?? []) })}
        />
      </InlineField>
      <InlineField label="Dimensions" labelWidth={labelWidth} grow>
        <MultiSelect
          aria-label="Dimensions"
          options={withChosen(memberOptions(dimensions), query.dimensions)}
          value={query.dimensions}
          onChange={(chosen) => onChange({ dimensions: chosen.flatMap(({ value }) => value ?? []) })}
        />
      </InlineField>
      <Stack direction="row" gap={0.5}>
        <InlineField label="Time" labelWidth={labelWidth} tooltip="What the dashboard's time range applies to">
          <Select
            aria-label="Time dimension"
            isClearable
            width={width}
            options={withChosen(timeOptions, time ? [time.dimension] : [])}
            value={time?.dimension}
            onChange={(chosen) =>
              onChange({ timeDimension: chosen?.value ? { ...time, dimension: chosen.value } : undefined })
            }
          />
        </InlineField>
        <InlineField label="Granularity" disabled={!time}>
          <Select
            aria-label="Granularity"
            width={24}
            options={withChosen(granularityOptions, time?.granularity ? [time.granularity] : [])}
            value={time?.granularity ?? ''}
            onChange={({ value }) =>
              time && onChange({ timeDimension: { dimension: time.dimension, ...(value && { granularity: value }) } })
            }
          />
        </InlineField>
      </Stack>
    </>
  );
}
