import React, { useMemo, useState } from 'react';
import { FieldType, formattedValueToString, getDisplayProcessor, type Field, type FieldConfig } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useTheme2 } from '@grafana/ui';
import { t } from '../../../i18n/t';
import { flowOf } from '../data/flow';
import type { JourneyFrame } from '../data/frames';
import { readJourneys, type Path } from '../data/journeys';
import { finite } from '../data/numbers';
import type { AttributionOptions } from '../options';
import { DataTable, type ColumnSpec } from './DataTable';
import { Linked } from './Linked';
import { Notice } from './Notice';
import { Sankey } from './Sankey';

interface Props {
  source: JourneyFrame;
  options: AttributionOptions;
  timeZone: TimeZone;
  width: number;
  height: number;
}

/** Pixels that a step of the drawing needs for its label. */
const stepWidth = 110;

/** The top paths, drawn where there is room, and as a table. */
export function JourneysView({ source, options, timeZone, width, height }: Props) {
  const theme = useTheme2();
  const [pointed, setPointed] = useState<Path>();
  const journeys = useMemo(() => readJourneys(source, options.pathLimit), [source, options.pathLimit]);
  const steps = Math.min(options.stepLimit, Math.max(3, Math.floor(width / stepWidth)));
  const flow = useMemo(() => flowOf(journeys.paths, steps), [journeys, steps]);
  const shower = (field: Field | undefined, config: FieldConfig = {}) => {
    const process =
      field?.display ?? getDisplayProcessor({ field: field ?? { type: FieldType.number, config }, theme, timeZone });
    return (value: number | null) => (value === null ? '–' : formattedValueToString(process(value)));
  };
  const showCount = shower(source.journeys ?? source.conversions);
  const showRate = shower(source.rate, { unit: 'percentunit', decimals: 1 });
  if (journeys.paths.length === 0) {
    return (
      <Notice kind="warning">
        {journeys.problem ?? t('journeys.none', 'No journey has any touch. Choose a longer time range.')}
      </Notice>
    );
  }
  const given = (id: string, title: string, field: Field | undefined): Array<ColumnSpec<Path>> => {
    const show = shower(field);
    // A path that several rows were put together for has no single value of these.
    const render = (path: Path) => show(finite(field?.values[path.source]));
    return field ? [{ id, title, numeric: true, description: field.config.description, render }] : [];
  };
  const columns: Array<ColumnSpec<Path>> = [
    {
      id: 'path',
      title: t('journeys.path', 'Path'),
      numeric: false,
      render: (path) => (
        <Linked field={source.path} index={path.source}>
          {path.steps.join(' → ')}
        </Linked>
      ),
    },
    ...(source.journeys
      ? [count('journeys', t('journeys.journeys', 'Journeys'), (path) => showCount(path.journeys))]
      : []),
    ...(source.conversions
      ? [
          count('conversions', t('journeys.conversions', 'Conversions'), (path) =>
            shower(source.conversions)(path.conversions)
          ),
        ]
      : []),
    ...(journeys.paths.some(({ rate }) => rate !== null)
      ? [count('rate', t('columns.conversion-rate', 'Conversion rate'), (path) => showRate(path.rate))]
      : []),
    ...given('touches', t('journeys.touches', 'Touches to convert'), source.touches),
    ...given('days', t('journeys.days', 'Days to convert'), source.days),
    ...given('ltv', t('columns.ltv', 'LTV'), source.ltv),
  ];
  const drawn = width >= 360 && height >= 240;
  return (
    <>
      {drawn && (
        <Sankey
          flow={flow}
          width={width}
          height={Math.floor(height * 0.55)}
          highlight={pointed?.text}
          showCount={showCount}
          showRate={showRate}
        />
      )}
      {journeys.problem && <Notice kind="warning">{journeys.problem}</Notice>}
      <DataTable
        caption={t('journeys.caption', 'The commonest journeys')}
        columns={columns}
        rows={journeys.paths}
        keyOf={(path) => path.text}
        onPoint={setPointed}
      />
      {journeys.hidden > 0 && (
        <Notice kind="info">
          {t('journeys.shown', '{{shown}} of {{count}} paths, {{shownJourneys}} of {{journeys}} journeys.', {
            shown: journeys.paths.length,
            count: journeys.paths.length + journeys.hidden,
            shownJourneys: showCount(journeys.shown),
            journeys: showCount(journeys.all),
          })}
        </Notice>
      )}
    </>
  );
}

function count(id: string, title: string, render: (path: Path) => string): ColumnSpec<Path> {
  return { id, title, numeric: true, render };
}
