import { t as translate, type TFunction } from '@grafana/i18n';

/** Grafana's t(), but for the values of a text: they stay as they are, for React escapes what it shows by itself. */
export const t: TFunction = (key, text, values) =>
  translate(key, text, values && { ...values, interpolation: { escapeValue: false } });
