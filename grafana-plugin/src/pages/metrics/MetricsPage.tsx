import React, { useMemo } from 'react';
import { t } from '../../i18n/t';
import {
  Button,
  Combobox,
  EmptyState,
  FilterInput,
  InteractiveTable,
  RadioButtonGroup,
  Stack,
  Text,
  type CellProps,
  type Column,
} from '@grafana/ui';
import type { Meta } from '../../datasource/meta';
import { fetchMeta } from '../shared/cube';
import { oneOf, useQueryState } from '../shared/location';
import { Page } from '../shared/Page';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { choose, entriesOf, type Entry } from './entries';
import { MetricDrawer } from './MetricDrawer';

/** What every figure means, as the model defines it. */
export default function MetricsPage() {
  const uid = useSource();
  const load = useLoad(uid, () => fetchMeta(uid));
  return (
    <Page
      title={t('metrics.title', 'Metric dictionary')}
      subTitle={t('metrics.subtitle', 'Each figure is defined once, in the Cube model; this is what the model says.')}
    >
      <Loaded load={load} loading={t('metrics.loading', 'Loading the model ...')}>
        {(meta) => <Dictionary meta={meta} />}
      </Loaded>
    </Page>
  );
}

const kindNames = ['all', 'measure', 'dimension'] as const;

function Dictionary({ meta }: { meta: Meta }) {
  const [query, change] = useQueryState();
  const entries = useMemo(() => entriesOf(meta), [meta]);
  const view = meta.views.find(({ name }) => name === query.get('view'))?.name ?? '';
  const kind = oneOf(query.get('kind'), kindNames);
  const text = query.get('search') ?? '';
  const shown = useMemo(() => choose(entries, { view, kind, text }), [entries, view, kind, text]);
  const opened = entries.find(({ member }) => member.name === query.get('metric'));
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={2} wrap="wrap">
        <FilterInput
          width={36}
          value={text}
          placeholder={t('metrics.search', 'Search titles and definitions')}
          aria-label={t('metrics.search', 'Search titles and definitions')}
          onChange={(value) => change({ search: value }, { replace: true })}
        />
        <Combobox
          aria-label={t('metrics.view', 'View')}
          width={30}
          isClearable
          placeholder={t('metrics.all-views', 'All views')}
          options={meta.views.map(({ name, title, description }) => ({ value: name, label: title, description }))}
          value={view === '' ? null : view}
          onChange={(option) => change({ view: option?.value })}
        />
        <RadioButtonGroup
          aria-label={t('metrics.kind', 'Kind')}
          options={[
            { value: 'all', label: t('metrics.all', 'All') },
            { value: 'measure', label: t('metrics.measures', 'Figures') },
            { value: 'dimension', label: t('metrics.dimensions', 'Dimensions') },
          ]}
          value={kind}
          onChange={(value) => change({ kind: value })}
        />
      </Stack>
      {shown.length === 0 ? (
        <EmptyState variant="not-found" message={t('metrics.none', 'Nothing has such a name or definition')}>
          {t('metrics.none-what', 'Take words away, or choose all views.')}
        </EmptyState>
      ) : (
        <EntryTable entries={shown} onOpen={(metric) => change({ metric })} />
      )}
      {opened && <MetricDrawer entry={opened} onClose={() => change({ metric: undefined })} />}
    </Stack>
  );
}

type Cell = CellProps<Entry>;

function EntryTable({ entries, onOpen }: { entries: Entry[]; onOpen: (name: string) => void }) {
  const columns = useMemo<Array<Column<Entry>>>(
    () => [
      {
        id: 'title',
        header: t('metrics.name', 'Name'),
        cell: ({ row: { original } }: Cell) => (
          <Button fill="text" size="sm" onClick={() => onOpen(original.member.name)}>
            {original.member.shortTitle}
          </Button>
        ),
      },
      { id: 'view', header: t('metrics.view', 'View'), cell: ({ row }: Cell) => <>{row.original.view.title}</> },
      {
        id: 'description',
        header: t('metrics.definition', 'Definition'),
        cell: ({ row }: Cell) => <Text>{row.original.member.description ?? ''}</Text>,
      },
    ],
    [onOpen]
  );
  return <InteractiveTable columns={columns} data={entries} getRowId={({ member }) => member.name} pageSize={25} />;
}
