import type { RawRow } from '../data/encoding.ts';

/** How a person is reached, as the specification names it. */
export type InterventionChannel = 'email' | 'sms' | 'phone_call' | 'discount_offer' | 'genetic_counseling';

/** A kind of intervention and what it is expected to achieve; one row of `intervention_types`. */
export interface InterventionType {
  readonly type: string;
  readonly channel: InterventionChannel;
  readonly title: string;
  readonly message: string;
  /** 1 is the most urgent. */
  readonly priority: number;
  /** Share by which it lowers the probability of churn, 0 to 1. */
  readonly expectedImpact: number;
  /** An assumption until enough outcomes of treated and held-out customers are known. */
  readonly basis: 'assumption' | 'measured';
}

export interface Intervention extends InterventionType {
  /** Whether it is recommended because of the genotype, so that only roles that see genotypes may see it. */
  readonly revealsGenotype: boolean;
}

/** What the rules ask about a customer; null is unknown unless said otherwise, and no rule fires on what is unknown. */
export interface InterventionFacts {
  /** Calibrated probability of churn. */
  readonly probability: number;
  readonly counselingAttended: boolean | null;
  /** Null: never active, which is longer ago than any number of days. */
  readonly daysSinceLastActivity: number | null;
  readonly genotype: string | null;
  readonly appDownloaded: boolean | null;
}

/** The facts among the features of a customer; `values` holds the genotype whether or not the model was trained on it. */
export function factsOf(probability: number, values: RawRow): InterventionFacts {
  const boolean = (name: string) => (typeof values[name] === 'boolean' ? values[name] : null);
  const { days_since_last_activity: days, genotype } = values;
  return {
    probability,
    counselingAttended: boolean('counseling_attended'),
    daysSinceLastActivity: typeof days === 'number' ? days : null,
    genotype: typeof genotype === 'string' ? genotype : null,
    appDownloaded: boolean('app_downloaded'),
  };
}

interface Rule {
  readonly type: string;
  readonly applies: (facts: InterventionFacts) => boolean;
  readonly revealsGenotype: boolean;
}

const rules: readonly Rule[] = [
  {
    type: 'genetic_counseling',
    applies: ({ probability, counselingAttended }) => probability > 0.6 && counselingAttended === false,
    revealsGenotype: false,
  },
  {
    type: 'reengagement_email',
    applies: ({ daysSinceLastActivity }) => daysSinceLastActivity === null || daysSinceLastActivity > 30,
    revealsGenotype: false,
  },
  {
    type: 'app_download_email',
    applies: ({ genotype, appDownloaded }) => genotype === 'MZ' && appDownloaded === false,
    revealsGenotype: true,
  },
  { type: 'phone_call', applies: ({ probability }) => probability > 0.8, revealsGenotype: false },
];

/** The types that have a rule. */
export const recommendedTypes: readonly string[] = rules.map((rule) => rule.type);

/**
 * The interventions that apply to a customer, the greatest expected impact first, then the most urgent, then by name.
 * A type that is not among `types` is switched off.
 */
export function recommend(types: readonly InterventionType[], facts: InterventionFacts): Intervention[] {
  const known = new Map(types.map((type) => [type.type, type]));
  return rules
    .flatMap(({ type, applies, revealsGenotype }) => {
      const found = known.get(type);
      return found && applies(facts) ? [{ ...found, revealsGenotype }] : [];
    })
    .sort((a, b) => b.expectedImpact - a.expectedImpact || a.priority - b.priority || (a.type < b.type ? -1 : 1));
}
