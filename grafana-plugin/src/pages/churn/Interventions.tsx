import React, { useRef, useState } from 'react';
import { t } from '../../i18n/t';
import { Alert, Button, Field, Stack, Text, TextArea } from '@grafana/ui';
import { instant, percent } from '../shared/format';
import { newIdempotencyKey } from '../shared/request';
import { mayAct } from '../shared/role';
import { useSource } from '../shared/source';
import { Failure, Loaded } from '../shared/States';
import { asError, useLoad } from '../shared/useLoad';
import { fetchInterventions, recordIntervention, type Intervention, type Prediction } from './churn';

interface Props {
  customerId: string;
  prediction: Prediction;
}

/** What may help, what has been done, and the record of doing it. */
export function Interventions({ customerId, prediction }: Props) {
  const uid = useSource();
  const load = useLoad(`${uid} ${customerId}`, () => fetchInterventions(uid, customerId));
  return (
    <Stack direction="column" gap={2}>
      {prediction.holdOut ? (
        <Alert severity="info" title={t('churn.hold-out', 'This customer is held out')}>
          {t(
            'churn.hold-out-why',
            'Nothing is done for a random tenth, so that the effect on the others can be measured.'
          )}
        </Alert>
      ) : (
        <Offers customerId={customerId} offers={prediction.interventions} onRecorded={load.reload} />
      )}
      <section aria-label={t('churn.done', 'Done so far')}>
        <Text element="h3" variant="h5">
          {t('churn.done', 'Done so far')}
        </Text>
        <Loaded load={load} loading={t('churn.loading-done', 'Loading what was done ...')}>
          {(list) =>
            list.length === 0 ? (
              <Text color="secondary">{t('churn.nothing-done', 'Nothing yet.')}</Text>
            ) : (
              <ul>
                {list.map(({ id, title, note, sentAt, sentBy }) => (
                  <li key={id}>{[title, instant(sentAt), sentBy, note].filter(Boolean).join(' · ')}</li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </Stack>
  );
}

interface OffersProps {
  customerId: string;
  offers: Intervention[];
  onRecorded: () => void;
}

function Offers({ customerId, offers, onRecorded }: OffersProps) {
  const uid = useSource();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const keys = useRef(new Map<string, string>());
  const record = async (type: string) => {
    setBusy(true);
    // One key until it is recorded: an attempt that failed on its way back must not count twice.
    const content = `${type} ${note}`;
    const key = keys.current.get(content) ?? newIdempotencyKey();
    keys.current.set(content, key);
    try {
      await recordIntervention(uid, { customerId, type, note, key });
      keys.current.delete(content);
      setNote('');
      setError(undefined);
      onRecorded();
    } catch (reason) {
      setError(asError(reason));
    } finally {
      setBusy(false);
    }
  };
  if (offers.length === 0) {
    return <Text color="secondary">{t('churn.no-offers', 'No intervention fits this customer.')}</Text>;
  }
  return (
    <Stack direction="column" gap={2}>
      {error && <Failure error={error} title={t('churn.not-recorded', 'The intervention was not recorded')} />}
      {mayAct() && (
        <Field label={t('churn.note', 'Note')} htmlFor="intervention-note" noMargin>
          <TextArea
            id="intervention-note"
            rows={2}
            maxLength={1_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </Field>
      )}
      {offers.map((offer) => (
        <Stack key={offer.type} direction="row" justifyContent="space-between" alignItems="center" gap={2}>
          <div>
            <Text weight="medium">{offer.title}</Text>
            <Text element="p">{offer.message}</Text>
            <Text color="secondary" variant="bodySmall">
              {offer.basis === 'measured'
                ? t('churn.measured', 'Lowers the probability by {{share}}, as measured', {
                    share: percent(offer.expectedImpact, 0),
                  })
                : t('churn.assumed', 'Assumed to lower the probability by {{share}}', {
                    share: percent(offer.expectedImpact, 0),
                  })}
            </Text>
          </div>
          {mayAct() && (
            <Button
              variant="secondary"
              disabled={busy}
              aria-label={t('churn.record-named', 'Record: {{title}}', { title: offer.title })}
              onClick={() => void record(offer.type)}
            >
              {t('churn.record', 'Record as done')}
            </Button>
          )}
        </Stack>
      ))}
      {!mayAct() && (
        <Text color="secondary">{t('churn.look-only', 'Your role looks; editors record what was done.')}</Text>
      )}
    </Stack>
  );
}
