import React, { useId } from 'react';
import { InlineField, InlineSwitch, Select, Stack } from '@grafana/ui';
import { memberOptions, withChosen } from '../options';
import { findMember, type Member } from '../meta';
import { granularities } from '../query';
import { labelWidth, type PartProps } from './types';

/** What the dashboard's time range applies to, in which steps, and beside which other range. */
export function TimeFields({ query, view, onChange }: PartProps) {
  const compareId = useId();
  const time = query.timeDimension;
  const options = memberOptions(view.dimensions.filter(({ type }) => type === 'time'));
  const own = (time && findMember(view, time.dimension)?.granularities) ?? [];
  return (
    <Stack direction="row" gap={0.5} wrap="wrap">
      <InlineField label="Time" labelWidth={labelWidth} tooltip="What the dashboard's time range applies to">
        <Select
          aria-label="Time dimension"
          isClearable
          width={40}
          placeholder="The time range does not apply"
          options={withChosen(options, time ? [time.dimension] : [])}
          value={time?.dimension ?? null}
          onChange={(chosen) =>
            onChange(
              chosen?.value
                ? { timeDimension: { ...time, dimension: chosen.value } }
                : { timeDimension: undefined, compare: undefined }
            )
          }
        />
      </InlineField>
      <InlineField label="Steps" disabled={!time} tooltip="Auto follows the panel's width; none filters only">
        <Select
          aria-label="Granularity"
          width={22}
          options={withChosen(granularityOptions(own), time?.granularity ? [time.granularity] : [])}
          value={time?.granularity ?? ''}
          onChange={({ value }) =>
            time && onChange({ timeDimension: { dimension: time.dimension, ...(value && { granularity: value }) } })
          }
        />
      </InlineField>
      <InlineField
        label="Previous period"
        htmlFor={compareId}
        disabled={!time}
        tooltip="Adds the figures of the range of the same length before, laid on the current one"
      >
        <InlineSwitch
          id={compareId}
          value={query.compare === 'previous'}
          onChange={(event) => onChange({ compare: event.currentTarget.checked ? 'previous' : undefined })}
        />
      </InlineField>
    </Stack>
  );
}

function granularityOptions(own: NonNullable<Member['granularities']>) {
  return [
    { value: '', label: 'None' },
    ...granularities.map((value) => ({ value: value as string, label: value[0]!.toUpperCase() + value.slice(1) })),
    ...own.map(({ name, title }) => ({ value: name, label: title ?? name })),
  ];
}
