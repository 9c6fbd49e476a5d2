import { quantile } from '../evaluation/bootstrap.ts';
import { Random } from '../random.ts';
import { creditsOf, models, type Model, type Touched } from './credits.ts';

export interface Conversion extends Touched {
  readonly campaigns: readonly (string | null)[];
  /** Net revenue within the days that count. */
  readonly revenue: number;
  /** Removal effects in the chain of its month. */
  readonly effects: ReadonlyMap<string, number>;
  /** The channels that reported the clicks of all their spend of its day. */
  readonly clicksKnown: ReadonlySet<string>;
}

export interface Total {
  readonly channel: string;
  /** Null: the channel as a whole. */
  readonly campaign: string | null;
  readonly model: Model;
  readonly conversions: number;
  readonly revenue: number;
  readonly revenueLow: number;
  readonly revenueHigh: number;
  readonly knownConverted: number;
}

interface Group {
  readonly channel: string;
  readonly campaign: string | null;
  /** By model, the conversions that it has a share of, and the shares. */
  readonly shares: Record<Model, { conversions: number[]; credits: number[] }>;
  readonly known: Set<number>;
}

const resamples = 1000;

/**
 * What each channel, and each campaign of it, was credited with by each model. The 95% interval of the revenue is that of
 * resampled conversions; the same seed gives the same interval.
 */
export function creditTotals(conversions: readonly Conversion[], seed: number): Total[] {
  const groups = groupsOf(conversions);
  const revenue = Float64Array.from(conversions, (one) => one.revenue);
  const drawn = drawCounts(conversions.length, seed);
  return groups.flatMap(({ channel, campaign, shares, known }) =>
    models.map((model) => {
      const { conversions: rows, credits } = shares[model];
      const worth = Float64Array.from(rows, (row, i) => revenue[row] * credits[i]);
      const resampled = drawn.map((counts) => rows.reduce((sum, row, i) => sum + counts[row] * worth[i], 0));
      const sorted = Float64Array.from(resampled).sort();
      return {
        channel,
        campaign,
        model,
        conversions: credits.reduce((sum, credit) => sum + credit, 0),
        revenue: worth.reduce((sum, value) => sum + value, 0),
        revenueLow: quantile(sorted, 0.025),
        revenueHigh: quantile(sorted, 0.975),
        knownConverted: known.size,
      };
    }),
  );
}

function groupsOf(conversions: readonly Conversion[]): Group[] {
  const groups = new Map<string, Group>();
  const groupOf = (channel: string, campaign: string | null): Group => {
    const key = JSON.stringify([channel, campaign]);
    const known = groups.get(key);
    if (known) return known;
    const shares = Object.fromEntries(models.map((model) => [model, { conversions: [], credits: [] }]));
    const made = { channel, campaign, shares: shares as unknown as Group['shares'], known: new Set<number>() };
    groups.set(key, made);
    return made;
  };
  for (const [row, conversion] of conversions.entries()) {
    const credits = creditsOf(conversion, conversion.effects);
    for (const [i, channel] of conversion.channels.entries()) {
      for (const campaign of new Set([null, conversion.campaigns[i]])) {
        const group = groupOf(channel, campaign);
        if (conversion.clicksKnown.has(channel)) group.known.add(row);
        for (const model of models) {
          group.shares[model].conversions.push(row);
          group.shares[model].credits.push(credits[model][i]);
        }
      }
    }
  }
  return [...groups.values()];
}

/** How often each row is in each resample. */
function drawCounts(rows: number, seed: number): Uint16Array[] {
  return Array.from({ length: resamples }, (_, i) => {
    const random = Random.stream(seed, i);
    const counts = new Uint16Array(rows);
    for (let draw = 0; draw < rows; draw++) counts[random.below(rows)]++;
    return counts;
  });
}
