import React, { useMemo } from 'react';
import { t } from '../../i18n/t';
import { Field, Grid, MultiCombobox } from '@grafana/ui';
import type { View } from '../../datasource/meta';
import { ask } from '../shared/cube';
import { useSource } from '../shared/source';
import { Failure } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { criteriaDimensions, type Criteria } from './criteria';

interface Props {
  /** A letter that tells this group's fields from the other's. */
  group: string;
  view: View;
  criteria: Criteria;
  onChange: (criteria: Criteria) => void;
}

/** Chooses a group's customers by the dimensions that the user's role sees. */
export function GroupForm({ group, view, criteria, onChange }: Props) {
  const offered = criteriaDimensions.flatMap((name) => {
    const member = view.dimensions.find((one) => one.name === `${view.name}.${name}`);
    return member ? [{ name, title: member.shortTitle }] : [];
  });
  return (
    <Grid gap={2} minColumnWidth={21}>
      {offered.map(({ name, title }) => (
        <Values
          key={name}
          id={`cohort-${group}-${name}`}
          view={view.name}
          name={name}
          title={title}
          chosen={criteria[name] ?? []}
          onChange={(values) => onChange({ ...criteria, [name]: values })}
        />
      ))}
    </Grid>
  );
}

interface ValuesProps {
  id: string;
  view: string;
  name: string;
  title: string;
  chosen: readonly string[];
  onChange: (values: string[]) => void;
}

function Values({ id, view, name, title, chosen, onChange }: ValuesProps) {
  const uid = useSource();
  const load = useLoad(`${uid} ${view} ${name}`, () =>
    ask(uid, { view, dimensions: [`${view}.${name}`], order: [{ member: `${view}.${name}`, direction: 'asc' }] })
  );
  const options = useMemo(() => {
    const known = load.value?.rows.flatMap((row) => load.value?.string(name, row) || []) ?? [];
    // A value of a link that no customer has any more stays visible.
    return [...new Set([...known, ...chosen])].map((value) => ({ value, label: value }));
  }, [load.value, name, chosen]);
  if (load.error) {
    return <Failure error={load.error} title={title} retry={load.reload} />;
  }
  return (
    <Field label={title} htmlFor={id} noMargin>
      <MultiCombobox
        id={id}
        options={options}
        value={[...chosen]}
        loading={load.loading}
        placeholder={t('cohorts.all', 'All')}
        onChange={(values) => onChange(values.map(({ value }) => value))}
      />
    </Field>
  );
}
