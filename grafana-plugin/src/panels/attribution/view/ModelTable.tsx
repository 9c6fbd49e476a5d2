import React from 'react';
import { getFieldDisplayName } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '../../../i18n/t';
import { cutRows, sortRows } from '../data/arrange';
import type { Channels, Model } from '../data/attribution';
import { disagreement } from '../data/disagreement';
import { slot } from '../data/measures';
import type { Row } from '../data/rows';
import type { AttributionOptions } from '../options';
import { DataTable, type ColumnSpec } from './DataTable';
import { Mark } from './Mark';
import { Name } from './Name';
import { useDisplay } from './useDisplay';
import { useSort } from './useSort';
import { Value } from './Value';

interface Props {
  channels: Channels;
  options: AttributionOptions;
  timeZone: TimeZone;
}

/** The models side by side, most disputed rows first. */
export function ModelTable({ channels, options, timeZone }: Props) {
  const { rows, models, total, source } = channels;
  const display = useDisplay(channels, timeZone);
  const [sort, onSort] = useSort('spread', 'desc');
  const creditOf = (row: Row, model: Model) => row.values.get(slot('credit', model.id)) ?? null;
  const disputes = new Map(rows.map((row) => [row, disagreement(row, models, options.disagreement)]));
  const disputeOf = (row: Row) => disputes.get(row) ?? null;
  const keyOf = (row: Row) => {
    const model = models.find(({ id }) => id === sort.by);
    if (model) {
      return creditOf(row, model);
    }
    return sort.by === 'spread' ? disputeOf(row)?.spread : row.name;
  };
  const { shown, others } = cutRows(sortRows(rows, keyOf, sort.direction), options.rowLimit);
  const most = Math.max(0, ...models.map((model) => largest(rows.map((row) => creditOf(row, model)))));
  const columns: Array<ColumnSpec<Row>> = [
    {
      id: 'name',
      title: getFieldDisplayName(source.name, source.frame),
      numeric: false,
      render: (row) => <Name row={row} channels={channels} />,
      summary: total.name,
    },
    ...models.map((model) => ({
      id: model.id,
      title: model.title,
      description: display.fieldOf('credit', model.id)?.config.description,
      numeric: true,
      render: (row: Row) => {
        const credit = creditOf(row, model);
        const bar = { share: most > 0 ? (credit ?? 0) / most : 0, color: display.barColor(model.id, credit ?? 0) };
        return <Value shown={display.show('credit', model.id, credit)} bar={row === others ? undefined : bar} />;
      },
      summary: display.show('credit', model.id, creditOf(total, model)).text,
    })),
  ];
  if (models.length > 1) {
    columns.push({
      id: 'spread',
      title: t('models.spread', 'Spread'),
      description: t('models.spread-what', 'Conversions between the highest and the lowest credit.'),
      numeric: true,
      render: (row) => {
        const dispute = disputeOf(row);
        if (!dispute) {
          return null;
        }
        const range = t('marks.range', 'highest by {{highest}}, lowest by {{lowest}}', {
          highest: dispute.highest.model.title,
          lowest: dispute.lowest.model.title,
        });
        return (
          <Value shown={display.show('credit', dispute.highest.model.id, dispute.spread)}>
            {dispute.marked && <Mark word={t('marks.disputed', 'disputed')} explanation={range} />}
          </Value>
        );
      },
    });
  }
  return (
    <DataTable
      caption={t('models.caption', 'Credits of each model side by side')}
      columns={columns}
      rows={others ? [...shown, others] : shown}
      keyOf={(row) => row.key}
      sort={sort}
      onSort={onSort}
    />
  );
}

function largest(values: Array<number | null>): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}
