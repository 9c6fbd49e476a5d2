/** What the model offers to the signed-in user. */
export interface Meta {
  views: View[];
}

export interface View {
  name: string;
  title: string;
  description?: string;
  measures: Member[];
  dimensions: Member[];
  segments: Member[];
}

export interface Member {
  name: string;
  title: string;
  shortTitle: string;
  description?: string;
  type?: 'string' | 'number' | 'time' | 'boolean';
  /** Unit in words, such as "hours". */
  unit?: string;
  /** A filter on it chooses what is computed, with one value. */
  selector?: boolean;
  /** Granularities that the model adds to those of the calendar. */
  granularities?: Array<{ name: string; title?: string }>;
}

export const noView: View = { name: '', title: '', measures: [], dimensions: [], segments: [] };

export function viewOf(meta: Meta, name: string): View {
  return meta.views.find((view) => view.name === name) ?? { ...noView, name };
}

/** A member of a view by its name; undefined when the model does not offer it to this user. */
export function findMember(view: View, name: string): Member | undefined {
  return [...view.measures, ...view.dimensions, ...view.segments].find((member) => member.name === name);
}
