import { FieldType, toDataFrame, type DataFrame, type FieldDTO } from '@grafana/data';

/** A frame of columns; the type of each follows from its first known value. */
export function frameOf(
  columns: Record<string, unknown[]>,
  configs: Record<string, FieldDTO['config']> = {}
): DataFrame {
  return toDataFrame({
    fields: Object.entries(columns).map(([name, values]) => ({
      name,
      values,
      config: configs[name],
      type: typeOf(values),
    })),
  });
}

function typeOf(values: unknown[]): FieldType {
  const types = { number: FieldType.number, string: FieldType.string, boolean: FieldType.boolean };
  const known = typeof values.find((value) => value !== null);
  return types[known as keyof typeof types] ?? FieldType.other;
}
