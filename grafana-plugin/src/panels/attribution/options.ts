/** What the panel can show of its data. */
export type View = 'channels' | 'models' | 'journeys' | 'recommendations';

export type SortDirection = 'asc' | 'desc';

/** Fields by their part, by name or display name, where the usual names do not tell. */
export interface FieldChoices {
  name?: string;
  model?: string;
  credits?: string[];
  spend?: string;
  value?: string;
  conversions?: string;
  path?: string;
  journeys?: string;
}

export interface AttributionOptions {
  view: View;
  /** Lets whoever looks change view and model. */
  showControls: boolean;
  /** The model that credits, costs and returns go by; the first one found when left out. */
  model?: string;
  /** Columns of the channel table; all that have data when empty. */
  columns?: string[];
  sortBy: string;
  sortDirection: SortDirection;
  /** Rows shown; the rest are added up in one row. */
  rowLimit: number;
  /** (largest - smallest credit) / mean credit, from which on models count as disagreeing. */
  disagreement: number;
  pathLimit: number;
  stepLimit: number;
  fields?: FieldChoices;
}

export const defaultOptions: AttributionOptions = {
  view: 'channels',
  showControls: true,
  sortBy: 'credit',
  sortDirection: 'desc',
  rowLimit: 50,
  disagreement: 0.25,
  pathLimit: 10,
  stepLimit: 5,
};
