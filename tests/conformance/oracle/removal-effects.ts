import type { Instant } from '../support/zone.ts';
import type { Chain } from './markov.ts';
import { chainsAt } from './markov.ts';
import { defineOracle, monthStart } from './oracle.ts';

interface Removal {
  time: Instant;
  dims: { channel: string; is_newest: string };
  chain: Chain;
  effect: number;
}

/** The one chain that all rows are of. */
function single(rows: readonly Removal[]): Chain | undefined {
  const [first] = rows;
  return rows.every((row) => row.chain === first?.chain) ? first?.chain : undefined;
}

/** What conversions are lost without a channel, in the chain of each month. */
export const removalEffects = defineOracle<Removal>({
  view: 'removal_effects',
  time: 'month',
  choices: ['lookback_days', 'conversion_kind'],
  facts(data, at, { lookback_days: lookback = '30', conversion_kind: kind = 'first_payment' }) {
    const chains = chainsAt(data, at, Number(lookback), kind).filter((chain) => chain.effects.size > 0);
    return chains.flatMap((chain) =>
      [...chain.effects].map(([channel, effect]) => ({
        time: monthStart(data, chain.month),
        dims: { channel, is_newest: String(chain === chains.at(-1)) },
        chain,
        effect,
      })),
    );
  },
  measures: {
    removal_effect: (rows) => (rows.length === 1 ? (rows[0]?.effect ?? null) : null),
    removal_effect_share: (rows) => {
      const chain = single(rows);
      const all = [...(chain?.effects.values() ?? [])].reduce((sum, effect) => sum + effect, 0);
      return chain === undefined || all === 0 ? null : rows.reduce((sum, row) => sum + row.effect, 0) / all;
    },
    journeys_fitted: (rows) => single(rows)?.journeys ?? null,
    conversions_fitted: (rows) => single(rows)?.conversions ?? null,
  },
});
