import React, { useMemo } from 'react';
import { t } from '../../i18n/t';
import { Button, InteractiveTable, Tooltip, type CellProps, type Column } from '@grafana/ui';
import { missingText } from '../shared/answer';
import { ago, instant } from '../shared/format';
import { severities, type Alert } from './alerts';
import { SeverityBadge, StatusBadge } from './Badges';

interface Props {
  alerts: Alert[];
  onOpen: (id: string) => void;
}

type Cell = CellProps<Alert>;

/** The list of alerts; the title opens one. */
export function AlertTable({ alerts, onOpen }: Props) {
  const columns = useMemo<Array<Column<Alert>>>(
    () => [
      {
        id: 'severity',
        header: t('alerts.severity', 'Severity'),
        sortType: (a, b) => severities.indexOf(a.original.severity) - severities.indexOf(b.original.severity),
        cell: ({ row }: Cell) => <SeverityBadge severity={row.original.severity} />,
      },
      {
        id: 'title',
        header: t('alerts.what', 'Alert'),
        sortType: 'string',
        cell: ({ row: { original } }: Cell) => (
          <Button fill="text" size="sm" onClick={() => onOpen(original.id)}>
            {original.title}
          </Button>
        ),
      },
      {
        id: 'entityId',
        header: t('alerts.about', 'About'),
        cell: ({ row: { original } }: Cell) => (
          <>{[original.entityType, original.entityId].filter(Boolean).join(' ') || missingText}</>
        ),
      },
      {
        id: 'status',
        header: t('alerts.status', 'Status'),
        sortType: 'string',
        cell: ({ row }: Cell) => <StatusBadge status={row.original.status} />,
      },
      {
        id: 'firedAt',
        header: t('alerts.fired', 'Fired'),
        sortType: 'string',
        cell: ({ row: { original } }: Cell) => (
          <Tooltip content={instant(original.firedAt)}>
            <span>{ago(original.firedAt)}</span>
          </Tooltip>
        ),
      },
    ],
    [onOpen]
  );
  return <InteractiveTable columns={columns} data={alerts} getRowId={({ id }) => id} pageSize={25} />;
}
