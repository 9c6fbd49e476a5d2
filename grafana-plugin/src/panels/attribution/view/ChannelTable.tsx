import React from 'react';
import { getFieldDisplayName } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '../../../i18n/t';
import { cutRows, sortRows } from '../data/arrange';
import type { Channels, Model } from '../data/attribution';
import { columnTitles, presentColumns, valueOf, type Column } from '../data/columns';
import { disagreement } from '../data/disagreement';
import { evaluate } from '../data/evaluate';
import type { Row } from '../data/rows';
import type { AttributionOptions } from '../options';
import { DataTable, type ColumnSpec } from './DataTable';
import { Mark } from './Mark';
import { Name } from './Name';
import { useDisplay, type Display } from './useDisplay';
import { useSort } from './useSort';
import { Value } from './Value';

interface Props {
  channels: Channels;
  model: Model;
  options: AttributionOptions;
  timeZone: TimeZone;
}

/** Columns that change as long as conversions are immature. */
const growing: readonly Column[] = ['value', 'roas', 'roi'];

/** Channels by one model, with what they cost and returned. */
export function ChannelTable({ channels, model, options, timeZone }: Props) {
  const { rows, total, source } = channels;
  const display = useDisplay(channels, timeZone);
  const [sort, onSort] = useSort(options.sortBy, options.sortDirection);
  const keyOf = (row: Row) =>
    sort.by === 'name'
      ? row.name
      : sort.by === 'status'
        ? row.status
        : valueOf(row, sort.by as Column, model.id, total);
  const { shown, others } = cutRows(sortRows(rows, keyOf, sort.direction), options.rowLimit);
  const most = rows.reduce((largest, row) => Math.max(largest, evaluate(row, 'credit', model.id) ?? 0), 0);
  const renderCell = (column: Column, row: Row) => {
    if (column === 'status') {
      return row.status ?? '';
    }
    const value = valueOf(row, column, model.id, total);
    const shown = display.show(column, model.id, value);
    const bar =
      column === 'credit' && most > 0 && rows.includes(row)
        ? { share: (value ?? 0) / most, color: display.barColor(model.id, value ?? 0) }
        : undefined;
    return (
      <Value
        shown={shown}
        field={display.fieldOf(column, model.id)}
        index={rows.includes(row) ? row.sources[0] : undefined}
        bar={bar}
        unfinished={row.mature === false && growing.includes(column)}
      >
        {column === 'credit' && row !== total && (
          <Disputed row={row} channels={channels} threshold={options.disagreement} display={display} />
        )}
      </Value>
    );
  };
  const titles = columnTitles();
  const columns: Array<ColumnSpec<Row>> = [
    {
      id: 'name',
      title: getFieldDisplayName(source.name, source.frame),
      description: source.name.config.description,
      numeric: false,
      render: (row) => <Name row={row} channels={channels} />,
      summary: total.name,
    },
    ...presentColumns(channels, model.id, options.columns ?? []).map((column) => ({
      id: column,
      title:
        column === 'credit'
          ? t('columns.credit-by', 'Credit, {{model}}', { model: model.title })
          : // Names that people gave to a field go before ours; those of the data source are longer than a column.
            (display.fieldOf(column, model.id)?.config.displayName ?? titles[column]),
      description: display.fieldOf(column, model.id)?.config.description,
      numeric: column !== 'status',
      render: (row: Row) => renderCell(column, row),
      summary: renderCell(column, total),
    })),
  ];
  return (
    <DataTable
      caption={t('channels.caption', 'Channels by the model {{model}}', { model: model.title })}
      columns={columns}
      rows={others ? [...shown, others] : shown}
      keyOf={(row) => row.key}
      sort={sort}
      onSort={onSort}
    />
  );
}

interface DisputedProps {
  row: Row;
  channels: Channels;
  threshold: number;
  display: Display;
}

function Disputed({ row, channels: { models }, threshold, display }: DisputedProps) {
  const found = disagreement(row, models, threshold);
  if (!found?.marked) {
    return null;
  }
  const { lowest, highest } = found;
  const creditOf = ({ model, credit }: typeof lowest) => display.show('credit', model.id, credit).text;
  return (
    <Mark
      word={t('marks.disputed', 'disputed')}
      explanation={t(
        'marks.disagree',
        'models disagree, from {{lowest}} ({{lowestModel}}) to {{highest}} ({{highestModel}})',
        {
          lowest: creditOf(lowest),
          lowestModel: lowest.model.title,
          highest: creditOf(highest),
          highestModel: highest.model.title,
        }
      )}
    />
  );
}
