import React, { useState, type FormEvent } from 'react';
import { t } from '../../i18n/t';
import { Button, Field, Input, Stack } from '@grafana/ui';
import { useSource } from '../shared/source';
import { Failure } from '../shared/States';
import { asError } from '../shared/useLoad';
import { toFilters, type Criteria } from './criteria';
import type { Kind } from './kinds';
import { saveCohort, updateCohort, type SavedCohort } from './saved';

interface Props {
  kind: Kind;
  criteria: Criteria;
  /** What group A was loaded from, when it was: it can be replaced. */
  loaded?: SavedCohort;
  onSaved: (cohort: SavedCohort) => void;
}

/** Saves group A under a name, or replaces what it was loaded from. */
export function SaveForm({ kind, criteria, loaded, onSaved }: Props) {
  const uid = useSource();
  const [name, setName] = useState(loaded?.name ?? '');
  const [description, setDescription] = useState(loaded?.description ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const save = async (replaced?: SavedCohort) => {
    setBusy(true);
    try {
      const cohort = {
        name: name.trim(),
        description: description.trim() || null,
        kind,
        filters: toFilters(kind, criteria),
      };
      const saved = await (replaced ? updateCohort(uid, replaced, cohort) : saveCohort(uid, cohort));
      setError(undefined);
      onSaved(saved);
    } catch (reason) {
      setError(asError(reason));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form onSubmit={submit}>
      {error && <Failure error={error} title={t('cohorts.not-saved', 'The cohort was not saved')} />}
      <Stack direction="row" gap={2} alignItems="flex-end" wrap="wrap">
        <Field label={t('cohorts.name', 'Name')} htmlFor="cohort-name" noMargin>
          <Input
            id="cohort-name"
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('cohorts.description', 'Description')} htmlFor="cohort-description" noMargin>
          <Input
            id="cohort-description"
            maxLength={1_000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" icon="save" disabled={busy || name.trim() === ''}>
          {t('cohorts.save', 'Save group A')}
        </Button>
        {loaded && (
          <Button variant="secondary" disabled={busy || name.trim() === ''} onClick={() => void save(loaded)}>
            {t('cohorts.replace', 'Replace "{{name}}"', { name: loaded.name })}
          </Button>
        )}
      </Stack>
    </form>
  );
}
