import { FieldType, getFieldDisplayName, type DataFrame, type Field } from '@grafana/data';
import { t } from '../../../i18n/t';
import { fieldRoles, type FieldNames, type FieldRole } from '../options';
import { DataProblem } from './model';

export type RoleFields = Partial<Record<FieldRole, Field>>;

/** Names that each part goes by, in the documented shape and in Cube's cohort views. */
const names: Record<FieldRole, RegExp> = {
  cohort: /^cohort([ _]?(month|week|day|quarter|year|date|name))?$/i,
  period: /^(period|age|(months?|weeks?|days?|quarters?|years?|periods?)[ _](since|number).*)$/i,
  size: /^((cohort[ _])?size|cohort[ _](customers|users))$/i,
  retained: /^(retained|active|paying|remaining)([ _](customers|users|subscribers))?$/i,
  share: /^(share|retention|(retention|retained|survival)[ _](rate|share)|hazard)$/i,
  revenueShare: /^(revenue|mrr)[ _](retention|share)$/i,
  amount: /^(amount|revenue|mrr|money)$/i,
  mature: /^(is[ _])?(mature|complete|finished)$/i,
  lower: /^(?!benchmark).*(^|[ _])(lower|low)([ _]bound)?$/i,
  upper: /^(?!benchmark).*(^|[ _])(upper|high)([ _]bound)?$/i,
  benchmark: /^benchmark([ _](value|share|rate))?$/i,
  benchmarkLower: /^benchmark[ _](lower|low)$/i,
  benchmarkUpper: /^benchmark[ _](upper|high)$/i,
  benchmarkSize: /^benchmark[ _](size|n)$/i,
};

const numeric = (field: Field) => field.type === FieldType.number;
const types: Partial<Record<FieldRole, (field: Field) => boolean>> = {
  cohort: ({ type }) => type === FieldType.time || type === FieldType.string || type === FieldType.number,
  mature: ({ type }) => type === FieldType.boolean || type === FieldType.number,
};

/**
 * Finds the parts of the data: those that the options name, the others by their usual names, `value` by what it holds.
 * @throws DataProblem when a field that was named is not there or has the wrong type
 */
export function findFields(frame: DataFrame, chosen: FieldNames): RoleFields {
  const found: RoleFields = {};
  for (const role of fieldRoles) {
    const name = chosen[role];
    found[role] = name ? namedField(frame, role, name) : undefined;
  }
  const free = () => frame.fields.filter((field) => !Object.values(found).includes(field));
  for (const role of fieldRoles) {
    const fits = types[role] ?? numeric;
    found[role] ??= free().find((field) => fits(field) && names[role].test(field.name));
  }
  found.cohort ??=
    free().find(({ type }) => type === FieldType.time) ?? free().find(({ type }) => type === FieldType.string);
  const value = free().find((field) => numeric(field) && /^value$/i.test(field.name));
  if (value) {
    found[valueRole(value)] ??= value;
  }
  return found;
}

/** What a field of the plain name `value` holds: its unit tells, else its numbers. */
export function valueRole({ config, values }: Field): 'share' | 'retained' | 'amount' {
  const unit = config.unit ?? '';
  if (unit === 'percent' || unit === 'percentunit') {
    return 'share';
  }
  if (unit.startsWith('currency')) {
    return 'amount';
  }
  const known = values.filter((value) => typeof value === 'number' && Number.isFinite(value));
  if (known.every((value) => Number.isInteger(value) && value >= 0) && known.some((value) => value > 1)) {
    return 'retained';
  }
  return known.every((value) => value >= 0 && value <= 1) ? 'share' : 'amount';
}

function namedField(frame: DataFrame, role: FieldRole, name: string): Field {
  const field = frame.fields.find((each) => each.name === name || getFieldDisplayName(each, frame) === name);
  if (!field) {
    const there = frame.fields.map((each) => getFieldDisplayName(each, frame)).join(', ');
    throw new DataProblem(
      t('problems.no-field', 'The field "{{name}}", chosen as {{role}}, is not in the data. There are: {{there}}.', {
        name,
        role,
        there,
      })
    );
  }
  if (!(types[role] ?? numeric)(field)) {
    throw new DataProblem(
      t('problems.wrong-type', 'The field "{{name}}", chosen as {{role}}, holds {{type}}s, which cannot be that.', {
        name,
        role,
        type: field.type,
      })
    );
  }
  return field;
}
