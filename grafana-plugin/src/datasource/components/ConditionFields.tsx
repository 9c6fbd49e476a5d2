import React, { useState } from 'react';
import { css } from '@emotion/css';
import { MultiSelect, Select } from '@grafana/ui';
import { t } from '../../i18n/t';
import { againstOperator, operatorLabels, operatorRules, withOperator } from '../operators';
import { chosenOptions, isFound, withChosen, type Option } from '../options';
import { findMember } from '../meta';
import { operators, type Condition, type Filter } from '../query';
import { messageOf } from '../messageOf';
import type { ValuePartProps } from './types';

interface Props extends Pick<ValuePartProps, 'view' | 'datasource'> {
  condition: Condition;
  /** Members that may be filtered by. */
  members: Option[];
  /** The conditions that hold besides this one: they narrow the values that are offered. */
  others: Filter[];
  onChange: (condition: Condition) => void;
}

/** Member, operator and values of one condition. */
export function ConditionFields({ condition, members, others, view, datasource, onChange }: Props) {
  const { member, operator, values = [] } = condition;
  const about = findMember(view, member);
  const takes = operatorRules[operator]?.values ?? 'many';
  const listed = useValues(
    datasource,
    about?.type === 'string' || about?.type === 'boolean' ? member : undefined,
    others
  );
  const labels = operatorLabels();
  const operatorOptions = operators.map((value) => {
    const reason = againstOperator(value, about);
    return { value, label: labels[value], description: reason, isDisabled: reason !== undefined };
  });
  return (
    <>
      <div className={fixed}>
        <Select
          aria-label={t('filters.member', 'Filter member')}
          filterOption={isFound}
          width={32}
          options={withChosen(members, [member])}
          value={member}
          onChange={({ value }) => value && value !== member && onChange({ ...condition, member: value, values: [] })}
        />
      </div>
      <div className={fixed}>
        <Select
          aria-label={t('filters.operator', 'Filter operator')}
          width={24}
          options={operatorOptions}
          value={operatorOptions.find(({ value }) => value === operator) ?? { value: operator, label: operator }}
          onChange={({ value }) => onChange(withOperator(condition, value ?? operator))}
        />
      </div>
      {takes !== 'none' && (
        <MultiSelect
          aria-label={t('filters.values', 'Filter values')}
          placeholder={listed.problem ?? placeholders()[takes]}
          allowCustomValue
          isLoading={listed.loading}
          onOpenMenu={listed.load}
          options={listed.options}
          value={chosenOptions([], values).map(({ value }) => ({
            value,
            label: value === '' ? t('filters.empty', '(empty)') : value,
          }))}
          onChange={(chosen) => {
            const now = chosen.flatMap(({ value }) => value ?? []);
            onChange({ ...condition, values: takes === 'one' ? now.slice(-1) : now });
          }}
        />
      )}
    </>
  );
}

/** The values take what room is left. */
const fixed = css({ flexShrink: 0 });

const placeholders = () => ({
  one: t('filters.one', 'A value'),
  many: t('filters.many', 'Values, or $variables'),
  range: t('filters.range', 'From and to, or "last 7 days"'),
});

/** The values of a member, asked when the list is opened. */
function useValues(datasource: Props['datasource'], member: string | undefined, others: Filter[]) {
  const [state, setState] = useState<{ options: Option[]; loading: boolean; problem?: string }>({
    options: [],
    loading: false,
  });
  const load = () => {
    if (member === undefined) {
      setState({ options: [], loading: false });
      return;
    }
    setState(({ options }) => ({ options, loading: true }));
    datasource.getValues({ dimension: member, filters: others }).then(
      (values) => setState({ options: values.map(({ text }) => ({ value: text, label: text })), loading: false }),
      (error: unknown) => setState({ options: [], loading: false, problem: messageOf(error) })
    );
  };
  return { ...state, load };
}
