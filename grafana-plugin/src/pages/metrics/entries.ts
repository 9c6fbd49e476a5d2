import type { Member, Meta, View } from '../../datasource/meta';

export interface Entry {
  view: View;
  member: Member;
  kind: 'measure' | 'dimension';
}

/** Every measure and dimension that the role sees, view by view. */
export function entriesOf(meta: Meta): Entry[] {
  return meta.views.flatMap((view) => [
    ...view.measures.map((member): Entry => ({ view, member, kind: 'measure' })),
    ...view.dimensions.map((member): Entry => ({ view, member, kind: 'dimension' })),
  ]);
}

export interface Choice {
  /** Name of a view; empty for all. */
  view: string;
  kind: Entry['kind'] | 'all';
  /** Words of titles, names or descriptions. */
  text: string;
}

/** Entries of a choice; those whose title holds the words come before those whose description does. */
export function choose(entries: readonly Entry[], { view, kind, text }: Choice): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (hay: string) => words.every((word) => hay.toLowerCase().includes(word));
  const inTitle = ({ member }: Entry) => holds(`${member.shortTitle} ${member.name}`);
  const anywhere = (entry: Entry) =>
    holds(`${entry.member.shortTitle} ${entry.member.name} ${entry.member.description ?? ''}`);
  const offered = entries.filter(
    (entry) => (view === '' || entry.view.name === view) && (kind === 'all' || entry.kind === kind)
  );
  const first = offered.filter(inTitle);
  return words.length === 0 ? offered : [...first, ...offered.filter((entry) => !inTitle(entry) && anywhere(entry))];
}
