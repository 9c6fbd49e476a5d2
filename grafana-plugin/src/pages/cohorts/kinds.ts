import { t } from '../../i18n/t';

/** The kinds of cohort, with the view and the measures of each. */
export const kinds = {
  paying: { view: 'cohorts_paying', retained: 'paying' },
  first_payment: { view: 'cohorts_by_first_payment', retained: 'active' },
  sign_up: { view: 'cohorts_by_sign_up', retained: 'active' },
  first_test: { view: 'cohorts_by_first_test', retained: 'active' },
} as const;

export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]];

export function kindTitle(kind: Kind): string {
  const titles: Record<Kind, string> = {
    paying: t('cohorts.kind-paying', 'Subscribers, by first MRR'),
    first_payment: t('cohorts.kind-first-payment', 'Customers, by first payment'),
    sign_up: t('cohorts.kind-sign-up', 'Customers, by sign-up'),
    first_test: t('cohorts.kind-first-test', 'Customers, by first test'),
  };
  return titles[kind];
}
