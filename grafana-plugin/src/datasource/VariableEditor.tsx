import React from 'react';
import { Alert, InlineField, InlineLabel, Select, Stack } from '@grafana/ui';
import { t } from '../i18n/t';
import { FilterGroup } from './components/FilterGroup';
import { labelWidth } from './components/types';
import type { CubeDataSource } from './datasource';
import { viewOf, type Meta } from './meta';
import { isFound, memberOptions } from './options';
import { useMeta } from './useMeta';
import { readVariableQuery, type VariableQuery } from './variableValues';

interface Props {
  datasource: CubeDataSource;
  query: string | Partial<VariableQuery>;
  /** Takes the query and the words that stand for it in the list of variables. */
  onChange: (query: VariableQuery, definition: string) => void;
}

/** A variable lists the values of one dimension; filters with other variables chain it to these. */
export function VariableEditor({ datasource, query: stored, onChange }: Props) {
  const { meta, problem } = useMeta(datasource);
  const query = readVariableQuery(stored);
  const view = viewOf(meta, query.dimension.split('.')[0] ?? '');
  const change = (part: Partial<VariableQuery>) => {
    const next = { ...query, ...part };
    onChange(next, next.dimension);
  };
  return (
    <Stack direction="column" gap={1}>
      {problem !== undefined && (
        <Alert severity="warning" title={t('editor.no-model', 'The model could not be read')}>
          {problem}
        </Alert>
      )}
      <InlineField
        label={t('variable.values', 'Values of')}
        labelWidth={labelWidth}
        tooltip={t('variable.values-what', 'The dimension whose values the variable lists')}
      >
        <Select
          aria-label={t('variable.values', 'Values of')}
          filterOption={isFound}
          width={48}
          allowCustomValue
          placeholder={t('variable.choose', 'Choose a dimension')}
          options={dimensionsByView(meta)}
          value={query.dimension ? { value: query.dimension, label: titleOf(meta, query.dimension) } : null}
          onChange={({ value }) => change({ dimension: value ?? '', filters: [] })}
        />
      </InlineField>
      {query.dimension !== '' && (
        <Stack direction="row" gap={0.5} alignItems="flex-start">
          <InlineLabel
            as="div"
            width={labelWidth}
            tooltip={t('variable.filters-what', 'Values such as $other follow that variable')}
          >
            {t('filters.label', 'Filters')}
          </InlineLabel>
          <FilterGroup
            kind="and"
            depth={0}
            inOr={false}
            filters={query.filters}
            view={view}
            datasource={datasource}
            onChange={(filters) => change({ filters })}
          />
        </Stack>
      )}
    </Stack>
  );
}

function dimensionsByView(meta: Meta) {
  return meta.views.map(({ title, dimensions }) => ({
    label: title,
    options: memberOptions(dimensions.filter(({ type }) => type !== 'time')),
  }));
}

function titleOf(meta: Meta, dimension: string): string {
  const view = viewOf(meta, dimension.split('.')[0] ?? '');
  const found = view.dimensions.find(({ name }) => name === dimension);
  return found
    ? t('variable.member', '{{view}}: {{member}}', { view: view.title, member: found.shortTitle })
    : dimension;
}
