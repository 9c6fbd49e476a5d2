import React, { useState } from 'react';
import { t } from '../../i18n/t';
import { Button, ConfirmButton, InteractiveTable, Stack, Text, type Column, type CellProps } from '@grafana/ui';
import { ago } from '../shared/format';
import { useSource } from '../shared/source';
import { Failure } from '../shared/States';
import { asError } from '../shared/useLoad';
import { fromFilters, inWords } from './criteria';
import { kindTitle } from './kinds';
import { deleteCohort, type SavedCohort } from './saved';

interface Props {
  cohorts: SavedCohort[];
  mayWrite: boolean;
  onUse: (cohort: SavedCohort, group: 'a' | 'b') => void;
  onDeleted: () => void;
}

/** The cohorts that are saved: use them as a group, or delete them. */
export function SavedCohorts({ cohorts, mayWrite, onUse, onDeleted }: Props) {
  const uid = useSource();
  const [error, setError] = useState<Error>();
  const remove = (id: string) =>
    deleteCohort(uid, id).then(
      () => {
        setError(undefined);
        onDeleted();
      },
      (reason: unknown) => setError(asError(reason))
    );
  if (cohorts.length === 0) {
    return <Text color="secondary">{t('cohorts.none-saved', 'No cohort is saved yet.')}</Text>;
  }
  const columns: Array<Column<SavedCohort>> = [
    { id: 'name', header: t('cohorts.name', 'Name'), sortType: 'string', cell: NameCell },
    { id: 'kind', header: t('cohorts.kind', 'Kind'), cell: ({ row }: Cell) => <>{kindTitle(row.original.kind)}</> },
    {
      id: 'filters',
      header: t('cohorts.criteria', 'Criteria'),
      cell: ({ row }: Cell) => <>{inWords(row.original.filters) || t('cohorts.everybody', 'everybody')}</>,
    },
    {
      id: 'by',
      header: t('cohorts.saved-by', 'Saved'),
      cell: ({ row: { original } }: Cell) => (
        <>
          {[ago(original.updatedAt ?? original.createdAt), original.updatedBy ?? original.createdBy]
            .filter(Boolean)
            .join(', ')}
        </>
      ),
    },
    {
      id: 'use',
      header: t('cohorts.actions', 'Use'),
      cell: ({ row: { original } }: Cell) => (
        <Stack direction="row" gap={1} wrap="wrap">
          {(['a', 'b'] as const).map((group) => (
            <Button
              key={group}
              size="sm"
              variant="secondary"
              disabled={fromFilters(original.filters) === undefined}
              tooltip={
                fromFilters(original.filters)
                  ? undefined
                  : t('cohorts.beyond', 'Its criteria go beyond what this page can show; use them in Explore.')
              }
              aria-label={t('cohorts.use-as', 'Use {{name}} as group {{group}}', {
                name: original.name,
                group: group.toUpperCase(),
              })}
              onClick={() => onUse(original, group)}
            >
              {t('cohorts.as', 'As {{group}}', { group: group.toUpperCase() })}
            </Button>
          ))}
          {mayWrite && (
            <ConfirmButton
              size="sm"
              confirmText={t('cohorts.delete', 'Delete')}
              confirmVariant="destructive"
              closeOnConfirm
              onConfirm={() => void remove(original.id)}
            >
              {t('cohorts.delete', 'Delete')}
            </ConfirmButton>
          )}
        </Stack>
      ),
    },
  ];
  return (
    <>
      {error && <Failure error={error} title={t('cohorts.not-deleted', 'The cohort was not deleted')} />}
      <InteractiveTable columns={columns} data={cohorts} getRowId={({ id }) => id} pageSize={10} />
    </>
  );
}

type Cell = CellProps<SavedCohort>;

function NameCell({ row: { original } }: Cell) {
  return (
    <Stack direction="column" gap={0}>
      <Text weight="medium">{original.name}</Text>
      {original.description && <Text color="secondary">{original.description}</Text>}
    </Stack>
  );
}
