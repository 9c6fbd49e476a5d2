import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { Button, InteractiveTable, type CellProps, type Column } from '@grafana/ui';
import { missingText } from '../shared/answer';
import { percent } from '../shared/format';
import { riskLevels } from './churn';
import { RiskBadge } from './RiskBadge';
import type { WorkItem } from './worklist';

interface Props {
  items: WorkItem[];
  onOpen: (customerId: string) => void;
}

type Cell = CellProps<WorkItem>;

/** One row a subscriber; sortable, paged. */
export function WorkTable({ items, onOpen }: Props) {
  const columns = useMemo<Array<Column<WorkItem>>>(
    () => [
      {
        id: 'customerId',
        header: t('churn.customer', 'Customer'),
        cell: ({ row: { original } }: Cell) =>
          original.customerId === '' ? (
            <>{t('churn.masked', 'masked')}</>
          ) : (
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
        id: 'atRisk',
        header: t('churn.at-risk', 'MRR at risk'),
        sortType: 'number',
        cell: ({ row }: Cell) => <>{row.original.atRiskText}</>,
      },
      {
        id: 'factors',
        header: t('churn.why', 'Why'),
        cell: ({ row }: Cell) => <>{row.original.factors || missingText}</>,
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
        cell: ({ row }: Cell) => <>{row.original.churnDate}</>,
      },
    ],
    [onOpen]
  );
  return (
    <InteractiveTable
      columns={columns}
      data={items}
      getRowId={(item, index) => item.customerId || `row ${index ?? 0}`}
      pageSize={25}
    />
  );
}
