import {
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getValueFormat,
  type DisplayValue,
  type Field,
  type FieldConfig,
  type GrafanaTheme2,
} from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { differenceColor, textOn } from './colors';
import type { CohortModel } from './data/model';

export interface Painted {
  text: string;
  style: { backgroundColor: string; color: string };
}

/** Turns the model's numbers into text and colours, by the field's own settings. */
export interface Formats {
  shown: (value: number) => Painted;
  share: (value: number) => string;
  size: (value: number) => string;
  /** Difference of shares as signed percentage points; null where it is only text. */
  difference: (value: number, largest: number) => Painted;
  /** What stands where there is no value. */
  noValue: string;
}

const NO_VALUE = '–';

export function createFormats(model: CohortModel, theme: GrafanaTheme2, timeZone: TimeZone): Formats {
  const shares = shareField(model);
  const scale = shares.config.unit === 'percent' ? 100 : 1;
  const shareDisplay = getDisplayProcessor({ field: shares, theme, timeZone });
  const share = (value: number) => shareDisplay(value * scale);
  const shown = model.quantity === 'share' ? share : valueDisplay(model, theme, timeZone);
  return {
    shown: remember((value) => painted(shown(value), theme)),
    share: remember((value) => formattedValueToString(share(value))),
    size: sizeFormat(model),
    difference: (value, largest) => {
      const background = differenceColor(value, largest, theme);
      return { text: points(value), style: { backgroundColor: background, color: textOn(background) } };
    },
    noValue: model.shownField.config.noValue ?? NO_VALUE,
  };
}

/** Percentage points with their sign. */
export function points(difference: number): string {
  const rounded = Math.abs(difference * 100).toFixed(1);
  return `${Number(rounded) === 0 ? '±' : difference < 0 ? '−' : '+'}${rounded}`;
}

/** Shares run from 0 to 1 and have one decimal, unless the field says otherwise. */
function shareField({ shareField: source, shownField, quantity }: CohortModel): Field {
  const isShare = ['percent', 'percentunit'].includes(source.config.unit ?? '') || quantity === 'share';
  const base: FieldConfig = isShare && source === shownField ? source.config : { color: source.config.color };
  const unit = base.unit === 'percent' ? 'percent' : 'percentunit';
  const config = {
    ...base,
    unit,
    decimals: base.decimals ?? 1,
    min: base.min ?? 0,
    max: base.max ?? (unit === 'percent' ? 100 : 1),
  };
  return { name: source.name, type: FieldType.number, config, values: [] };
}

/** The range of colours is that of the shown values, not of all fields of the frame. */
function valueDisplay(
  { cohorts, shownField: { name, config } }: CohortModel,
  theme: GrafanaTheme2,
  timeZone: TimeZone
) {
  const values = cohorts.flatMap(({ cells }) => cells.flatMap((cell) => (cell?.shown == null ? [] : [cell.shown])));
  return getDisplayProcessor({ field: { name, type: FieldType.number, config, values }, theme, timeZone });
}

/** A unit that the size shares with the values was meant for the values. */
function sizeFormat({ sizeField: field, shownField }: CohortModel): (value: number) => string {
  const plain = getValueFormat('locale');
  return field?.display && field.config.unit && field.config.unit !== shownField.config.unit
    ? (value) => formattedValueToString(field.display?.(value) ?? { text: String(value), numeric: value })
    : (value) => formattedValueToString(plain(value, 0));
}

function painted(display: DisplayValue, theme: GrafanaTheme2): Painted {
  const background = display.color ?? theme.colors.background.secondary;
  return { text: formattedValueToString(display), style: { backgroundColor: background, color: textOn(background) } };
}

function remember<T>(compute: (value: number) => T): (value: number) => T {
  const known = new Map<number, T>();
  return (value) => {
    let found = known.get(value);
    if (found === undefined) {
      found = compute(value);
      known.set(value, found);
    }
    return found;
  };
}
