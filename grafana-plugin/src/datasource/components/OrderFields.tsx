import React from 'react';
import { Button, IconButton, RadioButtonGroup, Select, Stack } from '@grafana/ui';
import { t } from '../../i18n/t';
import { orderable } from '../compatibility';
import { memberOptions, withChosen } from '../options';
import type { Order } from '../query';
import type { PartProps } from './types';

const directions = (): Array<{ value: Order['direction']; label: string }> => [
  { value: 'asc', label: t('order.ascending', 'Ascending') },
  { value: 'desc', label: t('order.descending', 'Descending') },
];

/** The order of the rows, the first member deciding. */
export function OrderFields({ query, view, onChange }: PartProps) {
  const { order } = query;
  const members = orderable(query, view);
  const left = members.filter(({ name }) => !order.some(({ member }) => member === name));
  const replace = (index: number, ...now: Order[]) =>
    onChange({ order: order.flatMap((entry, at) => (at === index ? now : [entry])) });
  const raise = (index: number) => {
    const now = order.filter((_, at) => at !== index);
    now.splice(index - 1, 0, order[index]!);
    onChange({ order: now });
  };
  const [next] = left;
  return (
    <Stack direction="column" gap={0.5}>
      {order.map((entry, index) => (
        <Stack key={entry.member} direction="row" gap={0.5} alignItems="center">
          <Select
            aria-label={t('order.by', 'Order by')}
            width={32}
            options={withChosen(memberOptions(left), []).concat(
              withChosen(memberOptions(members), [entry.member]).filter(({ value }) => value === entry.member)
            )}
            value={entry.member}
            onChange={({ value }) => replace(index, { ...entry, member: value ?? entry.member })}
          />
          <RadioButtonGroup
            aria-label={t('order.direction', 'Direction')}
            options={directions()}
            value={entry.direction}
            onChange={(direction) => replace(index, { ...entry, direction })}
          />
          <IconButton
            name="arrow-up"
            tooltip={t('order.earlier', 'Decides earlier')}
            disabled={index === 0}
            onClick={() => raise(index)}
          />
          <IconButton
            name="trash-alt"
            tooltip={t('order.remove', 'Remove order {{number}}', { number: index + 1 })}
            onClick={() => replace(index)}
          />
        </Stack>
      ))}
      <div>
        <Button
          icon="plus"
          variant="secondary"
          size="sm"
          disabled={!next}
          tooltip={
            next
              ? undefined
              : t('order.complete', 'Everything that is selected is in the order, or nothing is selected yet')
          }
          onClick={() => next && onChange({ order: [...order, { member: next.name, direction: 'desc' }] })}
        >
          {t('order.add', 'Order')}
        </Button>
      </div>
    </Stack>
  );
}
