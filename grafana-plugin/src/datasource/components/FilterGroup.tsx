import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, RadioButtonGroup, Stack, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t';
import { againstFilter } from '../compatibility';
import { memberOptions } from '../options';
import type { Filter, Group } from '../query';
import { ConditionFields } from './ConditionFields';
import type { ValuePartProps } from './types';

type Kind = 'and' | 'or';

const kinds = (): Array<{ value: Kind; label: string }> => [
  { value: 'and', label: t('filters.all-of', 'all of') },
  { value: 'or', label: t('filters.any-of', 'any of') },
];

/** As deep as Cube takes groups. */
const deepest = 7;

interface Props extends Pick<ValuePartProps, 'view' | 'datasource'> {
  kind: Kind;
  filters: Filter[];
  depth: number;
  /** Whether an outer group is an "any of". */
  inOr: boolean;
  onChange: (filters: Filter[]) => void;
}

/** Conditions and groups of them, of which all, or any, must hold. */
export function FilterGroup({ kind, filters, depth, inOr: outerOr, view, datasource, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const inOr = outerOr || kind === 'or';
  const members = [...view.dimensions, ...view.measures];
  const replace = (index: number, ...now: Filter[]) =>
    onChange(filters.flatMap((filter, at) => (at === index ? now : [filter])));
  const [first] = members.filter((member) => againstFilter(view, filters, inOr, member) === undefined);
  const condition: Filter | undefined = first && { member: first.name, operator: 'equals', values: [] };
  return (
    <div
      className={depth > 0 ? styles.nested : styles.outer}
      role="group"
      aria-label={depth > 0 ? t('filters.group-label', 'Filter group') : t('filters.label', 'Filters')}
    >
      <Stack direction="column" gap={0.5}>
        {filters.map((filter, index) => {
          const others = filters.filter((_, at) => at !== index);
          return (
            <Stack key={index} direction="row" gap={0.5} alignItems="flex-start">
              {'member' in filter ? (
                <ConditionFields
                  condition={filter}
                  members={memberOptions(members, (member) => againstFilter(view, others, inOr, member))}
                  others={inOr ? [] : others.filter(isChosen)}
                  view={view}
                  datasource={datasource}
                  onChange={(changed) => replace(index, changed)}
                />
              ) : (
                <NestedGroup
                  group={filter}
                  {...{ depth: depth + 1, inOr, view, datasource }}
                  onChange={(changed) => replace(index, changed)}
                />
              )}
              <IconButton
                name="trash-alt"
                tooltip={t('filters.remove', 'Remove filter {{number}}', { number: index + 1 })}
                onClick={() => replace(index)}
              />
            </Stack>
          );
        })}
        <Stack direction="row" gap={1}>
          <Button
            icon="plus"
            variant="secondary"
            size="sm"
            disabled={!condition}
            onClick={() => condition && onChange([...filters, condition])}
          >
            {t('filters.add', 'Filter')}
          </Button>
          {depth < deepest && (
            <Button
              icon="brackets-curly"
              variant="secondary"
              size="sm"
              fill="text"
              disabled={!condition}
              onClick={() => condition && onChange([...filters, { or: [condition] }])}
            >
              {t('filters.add-group', 'Group')}
            </Button>
          )}
        </Stack>
      </Stack>
    </div>
  );
}

interface NestedProps extends Omit<Props, 'kind' | 'filters' | 'onChange'> {
  group: Group;
  onChange: (group: Group) => void;
}

function NestedGroup({ group, onChange, ...rest }: NestedProps) {
  const kind: Kind = 'or' in group ? 'or' : 'and';
  const filters = 'or' in group ? group.or : group.and;
  const build = (of: Kind, list: Filter[]): Group => (of === 'or' ? { or: list } : { and: list });
  return (
    <Stack direction="column" gap={0.5}>
      <div>
        <RadioButtonGroup
          aria-label={t('filters.combine', "How the group's filters combine")}
          size="sm"
          options={kinds()}
          value={kind}
          onChange={(now) => onChange(build(now, filters))}
        />
      </div>
      <FilterGroup {...rest} kind={kind} filters={filters} onChange={(list) => onChange(build(kind, list))} />
    </Stack>
  );
}

/** A condition that still lacks its value narrows nothing. */
function isChosen(filter: Filter): boolean {
  return !('member' in filter) || filter.values === undefined || filter.values.length > 0;
}

const getStyles = (theme: GrafanaTheme2) => ({
  outer: css({ flexGrow: 1, minWidth: 0 }),
  nested: css({
    borderLeft: `2px solid ${theme.colors.border.medium}`,
    paddingLeft: theme.spacing(1),
  }),
});
