import { getFieldDisplayName, type DataFrame } from '@grafana/data';
import { listed } from '../../../i18n/listed';
import { t } from '../../../i18n/t';
import type { FieldChoices } from '../options';
import { readFrames, type ChannelFrame, type JourneyFrame } from './frames';
import { measureOf, slot } from './measures';
import { modelTitles } from './modelTitles';
import { normalise } from './names';
import { finite } from './numbers';
import { combine, readRows, type Row } from './rows';

export interface Model {
  id: string;
  title: string;
}

export interface Channels {
  source: ChannelFrame;
  rows: Row[];
  /** The models that give credit, in their usual order. */
  models: Model[];
  /** All rows together; its conversions are those of the totals frame, for distinct counts do not add up. */
  total: Row;
}

export interface Attribution {
  channels?: Channels;
  journeys?: JourneyFrame;
}

/** What the frames of a panel hold, or a sentence that says what is missing. */
export function readAttribution(series: readonly DataFrame[], choices: FieldChoices): Attribution | string {
  const { channels, journeys, totals } = readFrames(series, choices);
  if (!channels && !journeys) {
    return problem(series);
  }
  if (!channels || channels.frame.length === 0) {
    return journeys
      ? { journeys }
      : t('problems.no-rows', 'The query gave no rows: choose a longer time range or fewer filters.');
  }
  const rows = readRows(channels);
  const total = combine(rows, { key: 'total', name: t('rows.all', 'All') });
  const counted = totals?.get('conversions');
  total.values.set('conversions', counted ? finite(counted.values[0]) : null);
  return { channels: { source: channels, rows, models: modelsOf(channels, rows), total }, journeys };
}

function modelsOf(source: ChannelFrame, rows: readonly Row[]): Model[] {
  const titles = new Map<string, string>();
  for (const value of source.model?.values ?? []) {
    titles.set(normalise(String(value ?? '')), String(value ?? t('rows.no-model', '(no model)')));
  }
  for (const [name, field] of source.fields) {
    const model = name.split(':')[1];
    if (model !== undefined) {
      titles.set(model, getFieldDisplayName(field, source.frame));
    }
  }
  const given = new Set(rows.flatMap((row) => [...row.values.keys()]));
  const known = modelTitles();
  const usual = Object.keys(known);
  const rank = (id: string) => (usual.includes(id) ? usual.indexOf(id) : usual.length);
  return [...given]
    .filter((name) => measureOf(name) === 'credit')
    .map((name) => name.slice(slot('credit', '').length))
    .sort((a, b) => rank(a) - rank(b))
    .map((id) => ({ id, title: known[id] ?? titles.get(id) ?? id }));
}

function problem(series: readonly DataFrame[]): string {
  const fields = series.flatMap((frame) => frame.fields);
  if (fields.length === 0) {
    return t('problems.no-data', 'The query gave no data.');
  }
  const text = fields.filter((field) => field.type === 'string').map((field) => field.name);
  const found = fields.map((field) => `${field.name} (${field.type})`);
  const missing =
    text.length === 0
      ? t('problems.no-name', 'There is no text field to name the channels by. Ask for a table, not a time series.')
      : t(
          'problems.no-credit',
          'There is no number field with the credit of a model, such as first_touch, linear or shapley, and no path with journeys.'
        );
  return t(
    'problems.fields',
    "{{missing}} Choose the fields in the panel's options, or rename them. Found: {{fields}}.",
    { missing, fields: listed(found, 12) }
  );
}
