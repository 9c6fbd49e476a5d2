import React from 'react';
import { Button, IconButton, InlineField, Input, MultiSelect, Select, Stack } from '@grafana/ui';
import { memberOptions, withChosen } from '../options';
import { operators, type Condition, type Filter, type Operator } from '../query';
import type { PartProps } from './types';

const operatorOptions = operators.map((value) => ({ value, label: value }));
const withoutValues: readonly Operator[] = ['set', 'notSet'];

/** Conditions that all hold. Groups, which this editor does not build, stay as they are. */
export function Filters({ query, meta, onChange }: PartProps) {
  const view = meta.views.find(({ name }) => name === query.view);
  const options = memberOptions([...(view?.dimensions ?? []), ...(view?.measures ?? [])]);
  const replace = (index: number, ...filters: Filter[]) =>
    onChange({ filters: query.filters.flatMap((filter, at) => (at === index ? filters : [filter])) });
  const first = options[0];
  return (
    <Stack direction="column" gap={0.5}>
      {query.filters.map((filter, index) => (
        <Stack key={index} direction="row" gap={0.5} alignItems="center">
          {'member' in filter ? (
            <ConditionFields filter={filter} options={options} onChange={(changed) => replace(index, changed)} />
          ) : (
            <InlineField label="Group" grow>
              <Input readOnly value={JSON.stringify(filter)} />
            </InlineField>
          )}
          <IconButton name="trash-alt" aria-label={`Remove filter ${index + 1}`} onClick={() => replace(index)} />
        </Stack>
      ))}
      <div>
        <Button
          icon="plus"
          variant="secondary"
          size="sm"
          disabled={!first}
          onClick={() => first && onChange({ filters: [...query.filters, { member: first.value, operator: 'set' }] })}
        >
          Filter
        </Button>
      </div>
    </Stack>
  );
}

interface ConditionProps {
  filter: Condition;
  options: ReturnType<typeof memberOptions>;
  onChange: (filter: Condition) => void;
}

function ConditionFields({ filter, options, onChange }: ConditionProps) {
  const values = filter.values ?? [];
  return (
    <>
      <Select
        aria-label="Filter member"
        width={36}
        options={withChosen(options, [filter.member])}
        value={filter.member}
        onChange={({ value }) => onChange({ ...filter, member: value ?? filter.member })}
      />
      <Select
        aria-label="Filter operator"
        width={22}
        options={operatorOptions}
        value={filter.operator}
        onChange={({ value }) => onChange(withOperator(filter, value ?? filter.operator))}
      />
      {!withoutValues.includes(filter.operator) && (
        <MultiSelect
          aria-label="Filter values"
          allowCustomValue
          options={values.map((value) => ({ value, label: value }))}
          value={values}
          onChange={(chosen) => onChange({ ...filter, values: chosen.flatMap(({ value }) => value ?? []) })}
        />
      )}
    </>
  );
}

function withOperator({ member, values }: Condition, operator: Operator): Condition {
  return withoutValues.includes(operator) ? { member, operator } : { member, operator, values: values ?? [] };
}
