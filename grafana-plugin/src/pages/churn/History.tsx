import React, { useMemo } from 'react';
import { t } from '../../i18n/t';
import { InteractiveTable, Text, type CellProps, type Column } from '@grafana/ui';
import { instant, percent } from '../shared/format';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { fetchHistory, type PastPrediction } from './churn';
import { RiskBadge } from './RiskBadge';

type Cell = CellProps<PastPrediction>;

/** Earlier predictions, and what came of them. */
export function History({ customerId }: { customerId: string }) {
  const uid = useSource();
  const load = useLoad(`${uid} ${customerId}`, () => fetchHistory(uid, customerId));
  const columns = useMemo<Array<Column<PastPrediction>>>(() => {
    const outcomes = {
      churned: t('churn.churned', 'Left'),
      retained: t('churn.retained', 'Stayed'),
    };
    return [
      { id: 'asOf', header: t('churn.as-of', 'As of'), cell: ({ row }: Cell) => <>{instant(row.original.asOf)}</> },
      {
        id: 'probability',
        header: t('churn.probability', 'Probability'),
        cell: ({ row }: Cell) => <>{percent(row.original.probability)}</>,
      },
      {
        id: 'riskLevel',
        header: t('churn.risk', 'Risk'),
        cell: ({ row }: Cell) => <RiskBadge level={row.original.riskLevel} />,
      },
      {
        id: 'outcome',
        header: t('churn.outcome', 'Within 90 days'),
        cell: ({ row: { original } }: Cell) => (
          <>{original.outcome === null ? t('churn.not-known', 'not known yet') : outcomes[original.outcome]}</>
        ),
      },
    ];
  }, []);
  return (
    <Loaded load={load} loading={t('churn.loading-history', 'Loading earlier predictions ...')}>
      {(predictions) =>
        predictions.length === 0 ? (
          <Text color="secondary">{t('churn.no-history', 'There is no earlier prediction.')}</Text>
        ) : (
          <InteractiveTable
            columns={columns}
            data={predictions}
            getRowId={({ asOf, modelVersion }) => `${asOf} ${modelVersion}`}
            pageSize={12}
          />
        )
      }
    </Loaded>
  );
}
