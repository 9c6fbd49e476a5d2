import React, { useState } from 'react';
import { t } from '../../i18n/t';
import { Button, Field, Stack, TextArea } from '@grafana/ui';
import { useSource } from '../shared/source';
import { Failure } from '../shared/States';
import { asError } from '../shared/useLoad';
import { act, actionsOf, type Action, type Alert } from './alerts';

interface Props {
  alert: Alert;
  onDone: () => void;
}

/** Acknowledges, resolves or notes, with a note. When somebody else was faster, says so and shows the new state. */
export function ActionForm({ alert, onDone }: Props) {
  const uid = useSource();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (action: Action) => {
    setBusy(true);
    try {
      await act(uid, alert.id, action, note);
      setNote('');
      setError(undefined);
    } catch (reason) {
      setError(asError(reason));
    } finally {
      setBusy(false);
      onDone();
    }
  };
  const texts: Record<Action, string> = {
    acknowledge: t('alerts.acknowledge', 'Acknowledge'),
    resolve: t('alerts.resolve', 'Resolve'),
    notes: t('alerts.add-note', 'Add note'),
  };
  return (
    <Stack direction="column" gap={1}>
      {error && <Failure error={error} title={t('alerts.not-done', 'That was not done')} />}
      <Field label={t('alerts.note', 'Note')} htmlFor="alert-note" noMargin>
        <TextArea
          id="alert-note"
          rows={2}
          maxLength={1_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <Stack direction="row" gap={1}>
        {actionsOf(alert.status).map((action, index) => (
          <Button
            key={action}
            variant={index === 0 ? 'primary' : 'secondary'}
            disabled={busy || (action === 'notes' && note.trim() === '')}
            onClick={() => void run(action)}
          >
            {texts[action]}
          </Button>
        ))}
      </Stack>
    </Stack>
  );
}
