/** Somebody who ever had MRR at the end of a month. */
export interface Subscriber {
  /** The first month with any, such as 2026-03. */
  readonly cohortMonth: string;
  /** MRR in cents at the end of that month and of each month since that is over. */
  readonly cents: readonly number[];
  readonly genotype: string | null;
  readonly payerType: string | null;
  readonly state: string | null;
  readonly channel: string | null;
}
