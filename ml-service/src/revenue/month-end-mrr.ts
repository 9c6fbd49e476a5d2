import { readFileSync } from 'node:fs';

/**
 * The beginning of a query on what customers pay at the ends of months: the common tables `ended` and `held`. What goes on
 * after it begins with a comma and further ones, or with the select.
 */
export const monthEndMrr = readFileSync(new URL('./month-end-mrr.sql', import.meta.url), 'utf8');
