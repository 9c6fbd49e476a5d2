import type { Field } from '@grafana/data';
import { t } from '../../../i18n/t';
import type { ChannelFrame } from './frames';
import { additive, measureOf, ofChannel, slot, type Slot } from './measures';
import { normalise } from './names';
import { finite, sumOfKnown } from './numbers';

/** A channel or campaign, or several of them together. */
export interface Row {
  key: string;
  name: string;
  group?: string;
  status?: string;
  /** Rows of the frame that it was made of. */
  sources: number[];
  values: Map<Slot, number | null>;
  /** Has every conversion its full value? Null when unknown. */
  mature: boolean | null;
}

/** One row per name; rows of one name, of several months say, are put together. Units are those of the fields. */
export function readRows(source: ChannelFrame): Row[] {
  const parts = new Map<string, Row[]>();
  for (let index = 0; index < source.frame.length; index++) {
    const row = readRow(source, index);
    const same = parts.get(row.key);
    if (same) {
      same.push(row);
    } else {
      parts.set(row.key, [row]);
    }
  }
  const join = source.model ? joinModels : (same: Row[]) => combine(same, same[0]);
  return [...parts.values()].map(join);
}

function readRow({ name, group, model, mature, status, fields }: ChannelFrame, index: number): Row {
  const ofModel = model && normalise(String(model.values[index] ?? ''));
  const values = new Map<Slot, number | null>();
  for (const [each, field] of fields) {
    const measure = measureOf(each);
    const own = ofModel === undefined || ofChannel.includes(measure) ? each : slot(measure, ofModel);
    values.set(own, finite(field.values[index]));
  }
  return {
    key: JSON.stringify([group?.values[index] ?? null, name.values[index] ?? null]),
    name: text(name, index) ?? nameless(name),
    group: group && (text(group, index) ?? nameless(group)),
    status: status && text(status, index),
    sources: [index],
    values,
    mature: mature ? isTrue(mature.values[index]) : null,
  };
}

const nameless = (field: Field) => t('rows.nameless', '(no {{field}})', { field: field.name });

/** A channel's rows of each model as one: what does not differ by model is taken once. */
function joinModels(rows: Row[]): Row {
  const byModel = new Map<string, Row[]>();
  for (const row of rows) {
    const model = [...row.values.keys()].find((name) => measureOf(name) === 'credit') ?? '';
    byModel.set(model, [...(byModel.get(model) ?? []), row]);
  }
  const models = [...byModel.values()].map((same) => combine(same, same[0]));
  return {
    ...models[0],
    sources: rows.flatMap((row) => row.sources),
    values: new Map(models.reverse().flatMap((row) => [...row.values])),
    mature: matureOf(rows),
  };
}

/** Several rows as one: sums where sums mean something; ratios and distinct counts are left to be worked out anew. */
export function combine(rows: Row[], about: Pick<Row, 'key' | 'name' | 'group' | 'status'>): Row {
  const { key, name, group, status } = about;
  if (rows.length === 1) {
    return { ...rows[0], key, name, group, status, values: new Map(rows[0].values) };
  }
  const values = new Map<Slot, number | null>();
  const slots = new Set(rows.flatMap((row) => [...row.values.keys()]));
  for (const each of slots) {
    if (additive.includes(measureOf(each))) {
      values.set(each, sumOfKnown(rows.map((row) => row.values.get(each))));
    }
  }
  return { key, name, group, status, values, sources: rows.flatMap((row) => row.sources), mature: matureOf(rows) };
}

function matureOf(rows: Row[]): boolean | null {
  const known = rows.map((row) => row.mature).filter((mature) => mature !== null);
  return known.length === 0 ? null : known.every(Boolean);
}

function text(field: Field, index: number): string | undefined {
  const value: unknown = field.values[index];
  if (value === null || value === undefined || value === '') {
    return undefined;
  }
  return field.display?.(value).text ?? String(value);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true';
}
