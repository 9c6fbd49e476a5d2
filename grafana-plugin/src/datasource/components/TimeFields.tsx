import React, { useId } from 'react';
import { InlineField, InlineSwitch, Select, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
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
      <InlineField
        label={t('time.time', 'Time')}
        labelWidth={labelWidth}
        tooltip={t('time.time-what', "What the dashboard's time range applies to")}
      >
        <Select
          aria-label={t('time.dimension', 'Time dimension')}
          isClearable
          width={40}
          placeholder={t('time.none', 'The time range does not apply')}
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
      <InlineField
        label={t('time.steps', 'Steps')}
        disabled={!time}
        tooltip={t('time.steps-what', "Auto follows the panel's width; none filters only")}
      >
        <Select
          aria-label={t('time.granularity', 'Granularity')}
          width={22}
          options={withChosen(granularityOptions(own), time?.granularity ? [time.granularity] : [])}
          value={time?.granularity ?? ''}
          onChange={({ value }) =>
            time && onChange({ timeDimension: { dimension: time.dimension, ...(value && { granularity: value }) } })
          }
        />
      </InlineField>
      <InlineField
        label={t('time.compare', 'Previous period')}
        htmlFor={compareId}
        disabled={!time}
        tooltip={t(
          'time.compare-what',
          'Adds the figures of the range of the same length before, laid on the current one'
        )}
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
  const titles = granularityTitles();
  return [
    { value: '', label: t('granularities.none', 'None') },
    ...granularities.map((value) => ({ value: value as string, label: titles[value] })),
    ...own.map(({ name, title }) => ({ value: name, label: title ?? name })),
  ];
}

const granularityTitles = (): Record<(typeof granularities)[number], string> => ({
  auto: t('granularities.auto', 'Auto'),
  second: t('granularities.second', 'Second'),
  minute: t('granularities.minute', 'Minute'),
  hour: t('granularities.hour', 'Hour'),
  day: t('granularities.day', 'Day'),
  week: t('granularities.week', 'Week'),
  month: t('granularities.month', 'Month'),
  quarter: t('granularities.quarter', 'Quarter'),
  year: t('granularities.year', 'Year'),
});
