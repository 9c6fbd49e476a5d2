import { dashboard } from '../dashboard.ts';
import { figure } from '../panels/figure.ts';
import { list } from '../panels/list.ts';
import { trend } from '../panels/trend.ts';
import { rows, series } from '../cube-query.ts';
import { valueOf } from '../variables.ts';

const ofPayer: [string, string, string][] = [
  ['payer', 'equals', '$payer'],
  ['level', 'equals', 'payer'],
];
const newest = { time: 'as_of' } as const;
const compared = (measure: string) => [
  `${measure}_treated_before`,
  `${measure}_treated_after`,
  `${measure}_comparator_before`,
  `${measure}_comparator_after`,
];

export const payerValue = dashboard({
  name: 'payer-value',
  title: 'Payer value',
  description:
    'What early diagnosis is worth to a payer: the cost of diagnosed members against similar ones. Observational; counts of 1 to 10 and what would give them away are not shown.',
  variables: [valueOf('payer', 'Payer', 'payer_value.payer', 'Whose members.')],
  answer: [
    list({
      title: 'Payers',
      description:
        'Savings per patient with 95% interval, return per reimbursed dollar, patients; small numbers are not shown.',
      query: rows('payer_value', {
        measures: [
          'patients',
          'savings_per_patient',
          'savings_per_patient_low',
          'savings_per_patient_high',
          'return_per_reimbursed_dollar',
        ],
        by: ['payer', 'is_suppressed'],
        ...newest,
        where: [['level', 'equals', 'payer']],
      }),
      width: 12,
    }),
    trend({
      title: 'Share of revenue',
      description: "Each payer's net revenue / that of all payers, by month.",
      queries: [
        series('payer_revenue', {
          measures: ['payer_revenue_share'],
          by: ['payer'],
          time: 'date',
          every: 'month',
          where: [['payer', 'set']],
        }),
      ],
      height: 8,
    }),
  ],
  evidence: [
    {
      heading: 'Members of $payer',
      panels: [
        figure({
          title: 'Savings per patient',
          description:
            'What the twelve months after a diagnosis cost less than similar members, against the months before: matched 1:3, not randomised.',
          query: rows('payer_value', { measures: ['savings_per_patient'], ...newest, where: ofPayer }),
        }),
        figure({
          title: 'At least',
          description: 'Lower end of the 95% interval of the savings per patient, a bootstrap over matched sets.',
          query: rows('payer_value', { measures: ['savings_per_patient_low'], ...newest, where: ofPayer }),
        }),
        figure({
          title: 'At most',
          description: 'Upper end of the 95% interval of the savings per patient.',
          query: rows('payer_value', { measures: ['savings_per_patient_high'], ...newest, where: ofPayer }),
        }),
        figure({
          title: 'Return per reimbursed dollar',
          description: 'Savings of the diagnosed members / what the payer reimbursed for tests.',
          query: rows('payer_value', { measures: ['return_per_reimbursed_dollar'], ...newest, where: ofPayer }),
          decimals: 2,
        }),
        figure({
          title: 'Patients compared',
          description: 'Diagnosed members with enough months before and after, and with similar members.',
          query: rows('payer_value', { measures: ['patients'], ...newest, where: ofPayer }),
        }),
        figure({
          title: 'Placebo savings',
          description:
            'The same worked out for a date twelve months earlier, when nothing had happened: far from 0 it would put the comparison in doubt.',
          query: rows('payer_value', { measures: ['placebo_savings'], ...newest, where: ofPayer }),
        }),
        figure({
          title: 'Share of our revenue',
          description: "The payer's net revenue / that of all payers, in the range.",
          query: rows('payer_revenue', {
            measures: ['payer_revenue_share'],
            by: ['payer'],
            time: 'date',
            where: [['payer', 'equals', '$payer']],
          }),
        }),
        figure({
          title: 'Reimbursed per test',
          description: 'What was paid per adjudicated claim in the range, denied ones as 0.',
          query: rows('test_economics', {
            measures: ['reimbursement_per_test'],
            time: 'month',
            where: [['payer', 'equals', '$payer']],
          }),
        }),
      ],
    },
    {
      heading: 'What members cost and how they fare',
      panels: [
        list({
          title: 'Cost of a month',
          description: 'Allowed medical and pharmacy cost with augmentation therapy per member and month.',
          query: rows('payer_value', { measures: compared('cost'), ...newest, where: ofPayer }),
          height: 4,
        }),
        list({
          title: 'Emergency visits per 1,000 member-months',
          description: 'Before and after, of patients and of their comparators.',
          query: rows('payer_value', { measures: compared('er_visits_per_1000'), ...newest, where: ofPayer }),
          height: 4,
        }),
        list({
          title: 'Admissions per 1,000 member-months',
          description: 'Before and after, of patients and of their comparators.',
          query: rows('payer_value', { measures: compared('admissions_per_1000'), ...newest, where: ofPayer }),
          height: 4,
        }),
        list({
          title: 'Lungs and quality of life',
          description: 'Decline of FEV1 a year after the diagnosis, and change of the SGRQ score: lower is better.',
          query: rows('payer_value', {
            measures: [
              'fev1_slope_treated_after',
              'fev1_slope_comparator_after',
              'sgrq_change_treated',
              'sgrq_change_comparator',
            ],
            ...newest,
            where: ofPayer,
          }),
          height: 4,
        }),
      ],
    },
    {
      heading: 'How far it can be trusted',
      panels: [
        list({
          title: 'Balance',
          description:
            'Differences of patients and others before and after matching, in standard deviations; within 0.1 is commonly called balanced.',
          query: rows('payer_balance', {
            measures: ['smd_before', 'smd_after'],
            by: ['covariate'],
            ...newest,
            where: [['payer', 'equals', '$payer']],
          }),
          width: 10,
        }),
        list({
          title: 'By contract',
          description: 'The same figures for the contract in force at the diagnosis; small numbers are not shown.',
          query: rows('payer_value', {
            measures: ['patients', 'savings_per_patient', 'savings_per_patient_low', 'savings_per_patient_high'],
            by: ['contract', 'is_suppressed'],
            ...newest,
            where: [
              ['payer', 'equals', '$payer'],
              ['level', 'equals', 'contract'],
            ],
          }),
          width: 14,
        }),
      ],
    },
  ],
});
