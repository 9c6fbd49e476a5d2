import type { Column } from './schema.ts';

/** How a column's values must be written. */
export interface PlainForm {
  /** Matches a whole field that is written so; the same in JavaScript and in Postgres. */
  pattern: string;
  /** What a field is that does not match. */
  reason: string;
}

const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
// Instants are kept to the microsecond; zeros after that say nothing.
const clock = '[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6}0*)?)?';
const zone = ' ?([Zz]|[-+][0-9]{2}(:?[0-9]{2})?)';

/**
 * Postgres reads far more than what a file can be trusted to mean: 0x10 and 1_000 as numbers, 10.005 rounded to cents, "now" and
 * 12024-01-01 as days. A file is taken literally: plain decimals that the column can hold, and ISO 8601.
 * @returns undefined for types that Postgres itself reads strictly
 */
export function plainForm({ baseType, scale }: Pick<Column, 'baseType' | 'scale'>): PlainForm | undefined {
  switch (baseType) {
    case 'smallint':
    case 'integer':
    case 'bigint':
      return whole(' *[-+]?[0-9]+ *', 'not a whole number');
    case 'numeric':
      return decimal(scale);
    case 'real':
    case 'double precision':
      return whole(' *[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([Ee][-+]?[0-9]{1,3})? *', 'not a number such as 1000.50');
    case 'date':
      return whole(` *${day} *`, 'not a day in ISO 8601, such as 2024-05-31');
    case 'timestamp with time zone':
      return whole(` *${day}([Tt ]${clock}(${zone})?)? *`, 'not an instant in ISO 8601, such as 2024-05-31T09:30:00Z');
    case 'time without time zone':
      return whole(` *${clock} *`, 'not a time of day such as 17:00');
    default:
      return undefined;
  }
}

function decimal(scale: number | null): PlainForm {
  const decimals = scale === null ? '[0-9]*' : `[0-9]{0,${scale}}0*`;
  return whole(` *[-+]?([0-9]+(\\.${decimals})?|\\.[0-9]${decimals}) *`, 'not a plain decimal number such as 1000.50');
}

function whole(pattern: string, reason: string): PlainForm {
  return { pattern: `^(${pattern})$`, reason };
}
