import { t } from './t';

/** The first names in a row, and how many there are besides. */
export function listed(names: readonly string[], most: number, separator = ', '): string {
  const shown = names.slice(0, most).join(separator);
  const count = names.length - most;
  return count > 0 ? t('list.more', '{{names}} and {{count}} more', { names: shown, count }) : shown;
}
