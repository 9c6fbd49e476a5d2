import { t } from '../../../i18n/t';

/** The word for one period, such as month. */
export function periodUnit(name: string | undefined): string {
  switch (name) {
    case 'day':
      return t('unit.day', 'day');
    case 'week':
      return t('unit.week', 'week');
    case 'month':
      return t('unit.month', 'month');
    case 'quarter':
      return t('unit.quarter', 'quarter');
    case 'year':
      return t('unit.year', 'year');
    default:
      return t('unit.period', 'period');
  }
}
