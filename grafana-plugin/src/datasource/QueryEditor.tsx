import React, { useEffect, useState } from 'react';
import type { QueryEditorProps } from '@grafana/data';
import { Alert, Stack } from '@grafana/ui';
import { DimensionFields } from './components/DimensionFields';
import { Filters } from './components/Filters';
import { Shape } from './components/Shape';
import type { CubeDataSource } from './datasource';
import type { Meta } from './meta';
import { emptyQuery, isComplete, type CubeOptions, type CubeQuery } from './query';

type Props = QueryEditorProps<CubeDataSource, CubeQuery, CubeOptions>;

export function QueryEditor({ datasource, query: stored, onChange, onRunQuery }: Props) {
  const { meta, problem } = useMeta(datasource);
  const query: CubeQuery = { ...emptyQuery, ...stored };
  const change = (part: Partial<CubeQuery>) => {
    const next = { ...query, ...part };
    onChange(next);
    if (isComplete(next)) {
      onRunQuery();
    }
  };
  return (
    <Stack direction="column" gap={1}>
      {problem !== undefined && (
        <Alert severity="warning" title="The model could not be read">
          {problem}
        </Alert>
      )}
      <DimensionFields query={query} meta={meta} onChange={change} />
      <Filters query={query} meta={meta} onChange={change} />
      <Shape query={query} onChange={change} />
    </Stack>
  );
}

/** The model, empty until it has arrived: the editor shows stored names meanwhile. */
function useMeta(datasource: CubeDataSource) {
  const [meta, setMeta] = useState<Meta>({ views: [] });
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    datasource.getMeta().then(
      (loaded) => current && setMeta(loaded),
      (error: unknown) => current && setProblem(messageOf(error))
    );
    return () => {
      current = false;
    };
  }, [datasource]);
  return { meta, problem };
}

/** Grafana's fetch errors carry the backend's message in their data. */
function messageOf(error: unknown): string {
  const { data, message } = (error ?? {}) as { data?: { message?: string }; message?: string };
  return data?.message ?? message ?? String(error);
}
