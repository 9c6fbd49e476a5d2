import { executiveKpis } from '../dashboards/executive-kpis.ts';
import { growthRevenue } from '../dashboards/growth-revenue.ts';
import { above, asOf, below, days, figures, last } from './data.ts';
import { panelOf, rule, type RuleGroup } from './rule.ts';

const ltvCac = rule({
  name: 'ltv-cac',
  title: 'Subscribers cost too much to win',
  severity: 'medium',
  team: 'finance',
  type: 'unit_economics',
  entity: 'company',
  // It rests on 12 full months: a day tells a slip of the data from a slip of the business.
  for: '1d',
  steps: {
    ratio: figures('unit_economics', asOf, { measures: ['ltv_cac_ratio'], time: 'as_of' }),
    low: below('ratio', 3),
  },
  value: 'ratio',
  target: 3,
  // Fewer than 20 subscribers churned in 12 months: no lifetime can be told.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    'A subscriber is worth {{ printf "%.1f" $values.ratio.Value }} times what it costs to win one; the target is more than 3.',
  description: 'Lifetime value / acquisition cost of a subscriber, both over the last 12 full months.',
  panel: panelOf(executiveKpis, 'LTV / CAC'),
});

const payerShare = rule({
  name: 'payer-concentration',
  title: 'Revenue rests on one payer',
  severity: 'medium',
  team: 'finance',
  type: 'payer_concentration',
  entity: 'payer',
  for: '1d',
  steps: {
    share: figures('payer_revenue', last(days(365)), {
      measures: ['payer_revenue_share'],
      by: ['payer'],
      time: 'date',
      where: [['payer', 'set']],
    }),
    concentrated: above('share', 0.3),
  },
  value: 'share',
  target: 0.3,
  // No payer paid anything in 12 months.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ $labels.payer }} brought {{ humanizePercentage $values.share.Value }} of the net revenue of the last 12 months; above 30% its terms are ours.',
  description: "The payer's net revenue / the net revenue of all, payers or not, over the last 12 months.",
  panel: panelOf(growthRevenue, 'Share of revenue by payer'),
});

const runway = rule({
  name: 'cash-runway',
  title: 'Cash runs out',
  // High, not critical: nobody can mend it in the night.
  severity: 'high',
  team: 'finance',
  type: 'cash_runway',
  entity: 'company',
  for: '1h',
  steps: {
    runway: figures('cash', asOf, { measures: ['runway_months'], time: 'as_of' }),
    short: below('runway', 6),
  },
  value: 'runway',
  target: 6,
  // Operations burn nothing, or the ledger does not cover 3 full months.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    'Cash lasts {{ printf "%.1f" $values.runway.Value }} months at what operations took in the last 3 full months; the target is at least 6.',
  description: 'Cash balance / mean monthly net outflow from operations; financing and investments are left out.',
  panel: panelOf(executiveKpis, 'Runway'),
});

export const financeRules: RuleGroup = { name: 'finance', interval: '10m', rules: [ltvCac, payerShare, runway] };
