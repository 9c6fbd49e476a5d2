import React, { useState } from 'react';
import { css } from '@emotion/css';
import { MultiSelect, Select } from '@grafana/ui';
import { againstOperator, operatorRules, withOperator } from '../operators';
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
  const operatorOptions = operators.map((value) => {
    const reason = againstOperator(value, about);
    return { value, label: operatorRules[value].label, description: reason, isDisabled: reason !== undefined };
  });
  return (
    <>
      <div className={fixed}>
        <Select
          aria-label="Filter member"
          filterOption={isFound}
          width={32}
          options={withChosen(members, [member])}
          value={member}
          onChange={({ value }) => value && value !== member && onChange({ ...condition, member: value, values: [] })}
        />
      </div>
      <div className={fixed}>
        <Select
          aria-label="Filter operator"
          width={24}
          options={operatorOptions}
          value={operatorOptions.find(({ value }) => value === operator) ?? { value: operator, label: operator }}
          onChange={({ value }) => onChange(withOperator(condition, value ?? operator))}
        />
      </div>
      {takes !== 'none' && (
        <MultiSelect
          aria-label="Filter values"
          placeholder={listed.problem ?? placeholders[takes]}
          allowCustomValue
          isLoading={listed.loading}
          onOpenMenu={listed.load}
          options={listed.options}
          value={chosenOptions([], values).map(({ value }) => ({ value, label: value === '' ? '(empty)' : value }))}
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

const placeholders = { one: 'A value', many: 'Values, or $variables', range: 'From and to, or "last 7 days"' };

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
