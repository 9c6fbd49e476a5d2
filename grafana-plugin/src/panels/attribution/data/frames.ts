import { FieldType, getFieldDisplayName, type DataFrame, type Field } from '@grafana/data';
import type { FieldChoices } from '../options';
import { measureOf, slot, type Slot } from './measures';
import { isNamed, normalise, recognise, type Part } from './names';

/** A frame with a row per channel, or per channel and model. */
export interface ChannelFrame {
  frame: DataFrame;
  name: Field;
  /** The channel of a campaign. */
  group?: Field;
  /** Which model a row is of; without it each model has fields of its own. */
  model?: Field;
  mature?: Field;
  status?: Field;
  fields: Map<Slot, Field>;
}

/** A frame with a row per path. */
export interface JourneyFrame {
  frame: DataFrame;
  path: Field;
  journeys?: Field;
  conversions?: Field;
  rate?: Field;
  touches?: Field;
  days?: Field;
  ltv?: Field;
}

export interface Frames {
  channels?: ChannelFrame;
  journeys?: JourneyFrame;
  /** A frame of one row without a name: figures of all channels together. */
  totals?: Map<Slot, Field>;
}

const isText = (field: Field) => field.type === FieldType.string || field.type === FieldType.enum;
const isNumber = (field: Field) => field.type === FieldType.number;

/** Finds what each frame is, and each field's part in it; the first frame of each kind counts. */
export function readFrames(series: readonly DataFrame[], choices: FieldChoices): Frames {
  const frames: Frames = {};
  for (const frame of series) {
    const journeys = journeyFrame(frame, choices);
    const channels = journeys ? undefined : channelFrame(frame, choices);
    if (journeys) {
      frames.journeys ??= journeys;
    } else if (channels) {
      frames.channels ??= channels;
    } else if (frame.length === 1 && !frame.fields.some(isText)) {
      frames.totals ??= measureFields(frame, choices, false);
    }
  }
  return frames;
}

function journeyFrame(frame: DataFrame, choices: FieldChoices): JourneyFrame | undefined {
  const part = finder(frame);
  const path = part.chosen(choices.path) ?? part.named('path', isText);
  if (!path || !isText(path)) {
    return undefined;
  }
  const measure = (wanted: string) =>
    frame.fields.find((field) => isNumber(field) && recognise(field.name)?.measure === wanted);
  const found: JourneyFrame = {
    frame,
    path,
    journeys: part.chosen(choices.journeys) ?? part.named('journeys', isNumber),
    conversions: measure('conversions'),
    rate: measure('conversion_rate'),
    touches: part.named('touches', isNumber),
    days: part.named('days', isNumber),
    ltv: measure('ltv'),
  };
  return found.journeys || found.conversions ? found : undefined;
}

function channelFrame(frame: DataFrame, choices: FieldChoices): ChannelFrame | undefined {
  const part = finder(frame);
  const model = part.chosen(choices.model) ?? part.named('model', isText);
  const fields = measureFields(frame, choices, model !== undefined);
  if (![...fields.keys()].some((name) => measureOf(name) === 'credit')) {
    return undefined;
  }
  const campaign = part.named('campaign', isText);
  const channel = part.named('channel', isText);
  const status = part.named('status', isText);
  const name =
    part.chosen(choices.name) ??
    campaign ??
    channel ??
    frame.fields.find((field) => isText(field) && field !== model && field !== status);
  if (!name) {
    return undefined;
  }
  const group = name === campaign ? channel : undefined;
  return { frame, name, group, model, mature: part.named('mature', () => true), status, fields };
}

/** The number fields of a frame by what they measure; chosen ones before those that are known by name. */
function measureFields(frame: DataFrame, choices: FieldChoices, long: boolean): Map<Slot, Field> {
  const part = finder(frame);
  const fields = new Map<Slot, Field>();
  const take = (name: Slot, field: Field | undefined) => {
    if (field && isNumber(field) && !fields.has(name)) {
      fields.set(name, field);
    }
  };
  for (const credit of choices.credits ?? []) {
    const field = part.chosen(credit);
    take(long ? 'credit' : slot('credit', recognise(credit)?.model ?? normalise(credit)), field);
  }
  const choseCredits = fields.size > 0;
  take('spend', part.chosen(choices.spend));
  take('value', part.chosen(choices.value));
  take('conversions', part.chosen(choices.conversions));
  for (const field of frame.fields) {
    const known = recognise(field.name) ?? recognise(getFieldDisplayName(field, frame));
    if (known?.measure === 'credit' && !choseCredits) {
      take(long ? 'credit' : slot('credit', known.model ?? 'credit'), field);
    } else if (known && known.measure !== 'credit') {
      take(slot(known.measure, long ? undefined : known.model), field);
    }
  }
  return fields;
}

function finder(frame: DataFrame) {
  const titled = (field: Field) => getFieldDisplayName(field, frame);
  return {
    chosen: (choice: string | undefined) =>
      choice ? frame.fields.find((field) => field.name === choice || titled(field) === choice) : undefined,
    named: (part: Part, fits: (field: Field) => boolean) =>
      frame.fields.find((field) => fits(field) && (isNamed(field.name, part) || isNamed(titled(field), part))),
  };
}
