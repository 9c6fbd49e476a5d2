import React, { useState } from 'react';
import type { QueryEditorProps } from '@grafana/data';
import { Alert, Button, InlineLabel, RadioButtonGroup, Stack } from '@grafana/ui';
import { t } from '../i18n/t';
import { FilterGroup } from './components/FilterGroup';
import { JsonEditor } from './components/JsonEditor';
import { OrderFields } from './components/OrderFields';
import { SelectionFields } from './components/SelectionFields';
import { Shape } from './components/Shape';
import { SqlPreview } from './components/SqlPreview';
import { TimeFields } from './components/TimeFields';
import { labelWidth } from './components/types';
import type { CubeDataSource } from './datasource';
import { viewOf } from './meta';
import { migrate } from './migrations';
import { emptyQuery, isComplete, isOpen, type CubeOptions, type CubeQuery } from './query';
import { useMeta } from './useMeta';

type Props = QueryEditorProps<CubeDataSource, CubeQuery, CubeOptions>;

const modes = () => [
  { value: 'builder', label: t('editor.builder', 'Builder') },
  { value: 'code', label: t('editor.json', 'JSON') },
];

export function QueryEditor({ datasource, query: stored, range, onChange, onRunQuery }: Props) {
  const { meta, problem } = useMeta(datasource);
  const [mode, setMode] = useState('builder');
  const [showsSql, setShowsSql] = useState(false);
  const query: CubeQuery = { ...emptyQuery, ...migrate(stored) };
  const replace = (next: CubeQuery) => {
    onChange(next);
    if (isComplete(next) && !isOpen(next.filters)) {
      onRunQuery();
    }
  };
  const part = {
    query,
    meta,
    view: viewOf(meta, query.view),
    onChange: (changed: Partial<CubeQuery>) => replace({ ...query, ...changed }),
  };
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} justifyContent="flex-end">
        <Button
          variant="secondary"
          size="sm"
          icon="database"
          aria-pressed={showsSql}
          disabled={!isComplete(query)}
          onClick={() => setShowsSql(!showsSql)}
        >
          {showsSql ? t('editor.hide-sql', 'Hide SQL') : t('editor.show-sql', 'Show SQL')}
        </Button>
        <RadioButtonGroup
          aria-label={t('editor.label', 'Editor')}
          size="sm"
          options={modes()}
          value={mode}
          onChange={setMode}
        />
      </Stack>
      {problem !== undefined && (
        <Alert severity="warning" title={t('editor.no-model', 'The model could not be read')}>
          {problem}
        </Alert>
      )}
      {mode === 'code' ? (
        <JsonEditor query={query} onChange={replace} />
      ) : (
        <>
          <SelectionFields {...part} />
          <TimeFields {...part} />
          <Labelled label={t('filters.label', 'Filters')}>
            <FilterGroup
              kind="and"
              depth={0}
              inOr={false}
              filters={query.filters}
              view={part.view}
              datasource={datasource}
              onChange={(filters) => replace({ ...query, filters })}
            />
          </Labelled>
          <Labelled label={t('order.label', 'Order')}>
            <OrderFields {...part} />
          </Labelled>
          <Shape {...part} />
        </>
      )}
      {showsSql && isComplete(query) && <SqlPreview datasource={datasource} query={query} range={range} />}
    </Stack>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Stack direction="row" gap={0.5} alignItems="flex-start">
      <InlineLabel as="div" width={labelWidth}>
        {label}
      </InlineLabel>
      {children}
    </Stack>
  );
}
