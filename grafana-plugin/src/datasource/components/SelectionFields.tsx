import React from 'react';
import { InlineField, Select } from '@grafana/ui';
import { t } from '../../i18n/t';
import { againstDimension, againstMeasure } from '../compatibility';
import { groupedOptions, memberOptions, viewOptions, withChosen } from '../options';
import { emptyQuery } from '../query';
import { MembersField } from './MembersField';
import { labelWidth, type PartProps } from './types';

/** What is asked: the view, its measures, and what they are grouped by. */
export function SelectionFields({ query, meta, view, onChange }: PartProps) {
  const measures = memberOptions(view.measures, (measure) => againstMeasure(query, measure));
  const dimensions = memberOptions(view.dimensions, (dimension) => againstDimension(query, dimension));
  return (
    <>
      <InlineField label={t('selection.view', 'View')} labelWidth={labelWidth} tooltip={view.description}>
        <Select
          aria-label={t('selection.view', 'View')}
          width={40}
          placeholder={t('selection.choose', 'Choose a view')}
          options={withChosen(viewOptions(meta), query.view ? [query.view] : [])}
          value={query.view || null}
          onChange={({ value }) =>
            value !== query.view &&
            onChange({ ...emptyQuery, format: query.format, timeDimension: undefined, view: value ?? '' })
          }
        />
      </InlineField>
      <MembersField
        label={t('selection.measures', 'Measures')}
        placeholder={t('selection.measures-what', 'Figures to show')}
        own={measures}
        shown={groupedOptions(meta, view, 'measures', measures)}
        chosen={query.measures}
        onChange={(chosen) => onChange({ measures: chosen, order: kept(query.order, query.measures, chosen) })}
      />
      <MembersField
        label={t('selection.dimensions', 'Dimensions')}
        placeholder={t('selection.dimensions-what', 'What to group by')}
        own={dimensions}
        shown={groupedOptions(meta, view, 'dimensions', dimensions)}
        chosen={query.dimensions}
        onChange={(chosen) => onChange({ dimensions: chosen, order: kept(query.order, query.dimensions, chosen) })}
      />
    </>
  );
}

/** Rows cannot be ordered by what was just taken out. */
function kept<Entry extends { member: string }>(order: Entry[], before: string[], now: string[]): Entry[] {
  return order.filter(({ member }) => !before.includes(member) || now.includes(member));
}
