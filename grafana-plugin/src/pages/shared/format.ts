import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';
import { missingText } from './answer';

/** A fraction as percent, such as 12.3%; a dash where there is none. */
export function percent(fraction: number | null | undefined, decimals = 1): string {
  return fraction === null || fraction === undefined ? missingText : `${(fraction * 100).toFixed(decimals)}%`;
}

/** A difference of fractions in points, with its sign: +12.3 pts. */
export function points(difference: number, decimals = 1): string {
  const text = (difference * 100).toFixed(decimals);
  return `${difference > 0 ? '+' : ''}${text}`;
}

/** An instant in the user's zone; a dash where there is none. */
export function instant(time: string | number | null | undefined): string {
  return time === null || time === undefined ? missingText : dateTimeFormat(time, { format: 'YYYY-MM-DD HH:mm' });
}

/** How long ago an instant was, in words. */
export function ago(time: string | number): string {
  return dateTimeFormatTimeAgo(time);
}
