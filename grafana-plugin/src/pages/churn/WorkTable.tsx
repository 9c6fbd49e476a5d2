import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../i18n/t';
import { Button, InteractiveTable, useStyles2, type CellProps, type Column } from '@grafana/ui';
import { missingText } from '../shared/answer';
import { percent } from '../shared/format';
import { riskLevels } from './churn';
import { RiskBadge } from './RiskBadge';
import { firstReasons, type WorkItem } from './worklist';

interface Props {
  items: WorkItem[];
  /** Whether a row is a customer; else a group of customers. */
  ofCustomers: boolean;
  onOpen: (customerId: string) => void;
}

type Cell = CellProps<WorkItem>;

/** One row a subscriber; sortable, paged. */
export function WorkTable({ items, ofCustomers, onOpen }: Props) {
  const columns = useMemo<Array<Column<WorkItem>>>(
    () => [...(ofCustomers ? customerColumn(onOpen) : groupColumns()), ...figures(), ...(ofCustomers ? reasons() : [])],
    [ofCustomers, onOpen]
  );
  return (
    <InteractiveTable
      columns={columns}
      data={items}
      getRowId={({ customerId, risk, group }) => customerId || `${risk} ${group}`}
      pageSize={25}
    />
  );
}

type Columns = Array<Column<WorkItem>>;

function customerColumn(onOpen: Props['onOpen']): Columns {
  return [
    {
      id: 'customerId',
      header: t('churn.customer', 'Customer'),
      cell: ({ row: { original } }: Cell) => (
        <Button
          fill="text"
          size="sm"
          aria-label={t('churn.open', 'Open customer {{id}}', { id: original.customerId })}
          onClick={() => onOpen(original.customerId)}
        >
          {original.customerId.slice(0, 8)}
        </Button>
      ),
    },
  ];
}

function groupColumns(): Columns {
  return [
    { id: 'group', header: t('churn.group', 'Plan, channel'), sortType: 'string' },
    { id: 'customers', header: t('churn.customers', 'Customers'), sortType: 'number' },
  ];
}

function figures(): Columns {
  return [
    {
      id: 'risk',
      header: t('churn.risk', 'Risk'),
      sortType: (a, b) => riskLevels.indexOf(b.original.risk) - riskLevels.indexOf(a.original.risk),
      cell: ({ row }: Cell) => <RiskBadge level={row.original.risk} />,
    },
    {
      id: 'probability',
      header: t('churn.probability', 'Probability'),
      sortType: 'number',
      cell: ({ row }: Cell) => <>{percent(row.original.probability)}</>,
    },
    {
      id: 'mrr',
      header: t('churn.mrr', 'MRR'),
      sortType: 'number',
      cell: ({ row }: Cell) => <>{row.original.mrrText}</>,
    },
    {
      id: 'loss',
      header: t('churn.loss', 'Expected loss'),
      sortType: 'number',
      cell: ({ row }: Cell) => <>{row.original.lossText}</>,
    },
  ];
}

function reasons(): Columns {
  return [
    {
      id: 'factors',
      header: t('churn.why', 'Why'),
      cell: ({ row }: Cell) => <Reasons text={firstReasons(row.original.factors) || missingText} />,
    },
    {
      id: 'intervention',
      header: t('churn.what', 'What may help'),
      sortType: 'string',
      cell: ({ row: { original } }: Cell) => (
        <>
          {original.holdOut ? t('churn.held-out', 'Held out: stays untreated') : original.intervention || missingText}
        </>
      ),
    },
    {
      id: 'churnDate',
      header: t('churn.date', 'Expected to leave'),
      sortType: 'string',
      cell: ({ row }: Cell) => <>{row.original.churnDate || missingText}</>,
    },
  ];
}

/** Sentences need some width; a narrow page scrolls the table rather than setting one word a line. */
function Reasons({ text }: { text: string }) {
  return <div className={useStyles2(getStyles).reasons}>{text}</div>;
}

const getStyles = (_theme: GrafanaTheme2) => ({
  reasons: css({ minWidth: '18em' }),
});
