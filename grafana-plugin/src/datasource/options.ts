import type { SelectableValue } from '@grafana/data';
import type { Member, Meta } from './meta';

export type Option = SelectableValue<string> & { value: string; label: string };

export function viewOptions(meta: Meta): Option[] {
  return meta.views.map(({ name, title, description }) => ({ value: name, label: title, description }));
}

/** Members by their titles. */
export function memberOptions(members: Member[]): Option[] {
  return members.map(({ name, shortTitle, description }) => ({ value: name, label: shortTitle, description }));
}

/**
 * The options, with every chosen value among them: one that the model no longer offers stays visible under its own
 * name, so that an edit elsewhere never drops it.
 */
export function withChosen(options: Option[], chosen: string[]): Option[] {
  const missing = chosen.filter((value) => !options.some((option) => option.value === value));
  return [...options, ...missing.map((value) => ({ value, label: value, description: 'Not in the model' }))];
}
