import { useMemo } from 'react';
import {
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getFieldColorModeForField,
  type DisplayProcessor,
  type Field,
  type FieldConfig,
} from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useTheme2 } from '@grafana/ui';
import type { Channels } from '../data/attribution';
import type { Column } from '../data/columns';
import { slot, type Measure } from '../data/measures';

export interface Shown {
  text: string;
  /** Of thresholds, mappings or a scheme by value. */
  color?: string;
}

export interface Display {
  /** A value as its field's unit, decimals, mappings and thresholds say; a dash where undefined. */
  show: (column: Column | Measure, model: string, value: number | null) => Shown;
  fieldOf: (column: Column | Measure, model: string) => Field | undefined;
  /** Colour of a model's bars. */
  barColor: (model: string, value: number) => string;
}

const nothing = '–';
const percent: FieldConfig = { unit: 'percentunit', decimals: 1 };

/** Shows numbers of a channel frame; what was worked out takes the unit of what it was made of. */
export function useDisplay(channels: Channels, timeZone: TimeZone): Display {
  const theme = useTheme2();
  return useMemo(() => {
    const { fields } = channels.source;
    const fieldOf = (column: Column | Measure, model: string) =>
      column === 'share' || column === 'status' ? undefined : (fields.get(slot(column, model)) ?? fields.get(column));
    const processors = new Map<string, { process: DisplayProcessor; colored: boolean }>();
    const processorOf = (column: Column | Measure, model: string) => {
      const id = `${column}:${model}`;
      const field = fieldOf(column, model) ?? derived(column, fieldOf('spend', model)?.config, fieldOf('roi', model));
      const known = processors.get(id) ?? {
        process: field.display ?? getDisplayProcessor({ field, theme, timeZone }),
        colored: hasColors(field),
      };
      processors.set(id, known);
      return known;
    };
    const show: Display['show'] = (column, model, value) => {
      const { process, colored } = processorOf(column, model);
      const display = process(value);
      const text = value === null ? display.text : formattedValueToString(display);
      return {
        text: text.trim() === '' ? nothing : text,
        color: colored && value !== null ? display.color : undefined,
      };
    };
    const barColor: Display['barColor'] = (model, value) =>
      processorOf('credit', model).process(value).color ?? theme.colors.primary.main;
    return { show, fieldOf, barColor };
  }, [channels, theme, timeZone]);
}

function derived(column: Column | Measure, money: FieldConfig | undefined, roi: Field | undefined): Field {
  const config: Partial<Record<Column | Measure, FieldConfig>> = {
    share: percent,
    roi: percent,
    roi_lower: roi?.config ?? percent,
    roi_upper: roi?.config ?? percent,
    conversion_rate: { unit: 'percentunit', decimals: 2 },
    roas: { decimals: 2 },
    cac: { unit: money?.unit, decimals: money?.decimals },
  };
  return { name: column, type: FieldType.number, values: [], config: config[column] ?? {} };
}

function hasColors(field: Field): boolean {
  const mapped = field.config.mappings?.length;
  const chosen = field.config.color !== undefined && getFieldColorModeForField(field).isByValue;
  return Boolean(mapped) || chosen === true;
}
