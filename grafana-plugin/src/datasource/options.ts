import type { SelectableValue } from '@grafana/data';
import { t } from '../i18n/t';
import type { Member, Meta, View } from './meta';

export type Option = SelectableValue<string> & { value: string; label: string };

export interface OptionGroup {
  label: string;
  options: Option[];
}

/** Is the option meant by the text? Titles and names count; the view's name, which every member bears, does not. */
export function isFound(option: SelectableValue<string>, text: string): boolean {
  // The entry that offers to take the text itself has no name of a member.
  const { label, value } = option;
  const name = typeof value === 'string' ? value.slice(value.indexOf('.') + 1) : '';
  const titles = [typeof label === 'string' ? label : text, name].map((part) => part.toLowerCase());
  return titles.some((title) => title.includes(text.trim().toLowerCase()));
}

/** Says why a member cannot be chosen; undefined when it can. */
export type Against = (member: Member) => string | undefined;

const always: Against = () => undefined;

export function viewOptions(meta: Meta): Option[] {
  return meta.views.map(({ name, title, description }) => ({ value: name, label: title, description }));
}

/** Members by their titles; those that cannot be chosen are greyed, with the reason in place of the description. */
export function memberOptions(members: Member[], against: Against = always): Option[] {
  return members.map((member) => {
    const { name, shortTitle, description, unit } = member;
    const label = unit ? `${shortTitle} (${unit})` : shortTitle;
    const reason = against(member);
    return reason === undefined
      ? { value: name, label, description }
      : { value: name, label, description: reason, isDisabled: true };
  });
}

/**
 * The members of a view first, then, greyed, those of the others: a search by title finds them, and says where they
 * belong.
 */
export function groupedOptions(meta: Meta, view: View, part: 'measures' | 'dimensions', own: Option[]): OptionGroup[] {
  const others = meta.views
    .filter(({ name }) => name !== view.name)
    .map((other) => {
      const reason = t('against.other-view', 'In the view “{{view}}”: a query asks one view', { view: other.title });
      return { label: other.title, options: memberOptions(other[part], () => reason) };
    });
  return [{ label: view.title, options: own }, ...(view.name === '' ? [] : others)];
}

/**
 * The options, with every chosen value among them: one that the model no longer offers stays visible under its own
 * name, so that an edit elsewhere never drops it.
 */
export function withChosen(options: Option[], chosen: string[]): Option[] {
  const missing = chosen.filter((value) => !options.some((option) => option.value === value));
  return [
    ...options,
    ...missing.map((value) => ({ value, label: value, description: t('members.unknown', 'Not in the model') })),
  ];
}

/** The chosen names as options, in their order. */
export function chosenOptions(options: Option[], chosen: string[]): Option[] {
  const known = withChosen(options, chosen);
  return chosen.flatMap((value) => known.find((option) => option.value === value) ?? []);
}
