import React, { useState } from 'react';
import { t } from '../../i18n/t';
import { Button, Combobox, Field, IconButton, Input, Stack, Text } from '@grafana/ui';
import { percent, points } from '../shared/format';
import { useSource } from '../shared/source';
import { Failure, Loaded } from '../shared/States';
import { asError, useLoad } from '../shared/useLoad';
import { askWhatIf, fetchFeatures, type Feature, type FeatureValue, type Prediction } from './churn';
import { choicesOf, readFeature } from './featureInput';
import { RiskBadge } from './RiskBadge';

/** Changes what is known of a customer and asks the model again. Nothing is stored. */
export function WhatIf({ customerId }: { customerId: string }) {
  const uid = useSource();
  const load = useLoad(uid, () => fetchFeatures(uid));
  return (
    <Loaded load={load} loading={t('churn.loading-features', 'Loading what the model looks at ...')}>
      {(features) => <Form customerId={customerId} features={features} />}
    </Loaded>
  );
}

function Form({ customerId, features }: { customerId: string; features: Feature[] }) {
  const uid = useSource();
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [result, setResult] = useState<{ before: Prediction; after: Prediction }>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const changed = features.filter(({ name }) => texts.has(name));
  const readings = changed.map(
    (feature) => [feature.name, readFeature(feature, texts.get(feature.name) ?? '')] as const
  );
  const isReady = readings.length > 0 && readings.every(([, reading]) => 'value' in reading);
  const set = (name: string, text: string | undefined) => {
    const next = new Map(texts);
    if (text === undefined) {
      next.delete(name);
    } else {
      next.set(name, text);
    }
    setTexts(next);
    setResult(undefined);
  };
  const run = async () => {
    setBusy(true);
    try {
      const values = readings.flatMap(([name, reading]): Array<[string, FeatureValue]> =>
        'value' in reading ? [[name, reading.value]] : []
      );
      setResult(await askWhatIf(uid, customerId, Object.fromEntries(values)));
      setError(undefined);
    } catch (reason) {
      setResult(undefined);
      setError(asError(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack direction="column" gap={2}>
      <Field label={t('churn.change', 'Change')} htmlFor="what-if-feature" noMargin>
        <Combobox
          id="what-if-feature"
          placeholder={t('churn.choose-feature', 'Choose what to change')}
          options={features
            .filter(({ name }) => !texts.has(name))
            .map(({ name, title, description }) => ({ value: name, label: title, description }))}
          value={null}
          onChange={({ value }) => {
            const feature = features.find(({ name }) => name === value);
            set(value, feature ? (choicesOf(feature)?.[0] ?? '') : '');
          }}
        />
      </Field>
      {changed.map((feature) => (
        <FeatureField
          key={feature.name}
          feature={feature}
          text={texts.get(feature.name) ?? ''}
          onChange={(text) => set(feature.name, text)}
          onRemove={() => set(feature.name, undefined)}
        />
      ))}
      <div>
        <Button disabled={!isReady || busy} onClick={() => void run()}>
          {t('churn.ask', 'Ask the model')}
        </Button>
      </div>
      {error && <Failure error={error} title={t('churn.not-answered', 'The model did not answer')} />}
      {result && <Result before={result.before} after={result.after} />}
    </Stack>
  );
}

interface FieldProps {
  feature: Feature;
  text: string;
  onChange: (text: string) => void;
  onRemove: () => void;
}

function FeatureField({ feature, text, onChange, onRemove }: FieldProps) {
  const id = `what-if-${feature.name}`;
  const reading = readFeature(feature, text);
  const problems = {
    number: t('churn.not-number', 'This is not a number.'),
    range: t('churn.not-in-range', 'From {{from}} to {{to}}.', {
      from: feature.minimum ?? '…',
      to: feature.maximum ?? '…',
    }),
    choice: t('churn.not-choice', 'This is not one of the choices.'),
  };
  const problem = 'problem' in reading ? problems[reading.problem] : undefined;
  const choices = choicesOf(feature);
  const label = feature.unit ? `${feature.title} (${feature.unit})` : feature.title;
  return (
    <Stack direction="row" gap={1} alignItems="flex-end">
      <Field label={label} htmlFor={id} invalid={problem !== undefined} error={problem} noMargin>
        {choices ? (
          <Combobox
            id={id}
            options={choices.map((value) => ({ value }))}
            value={text}
            onChange={({ value }) => onChange(value)}
          />
        ) : (
          <Input id={id} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
        )}
      </Field>
      <IconButton
        name="times"
        tooltip={t('churn.unchange', 'Leave {{title}} as it is', { title: feature.title })}
        onClick={onRemove}
      />
    </Stack>
  );
}

function Result({ before, after }: { before: Prediction; after: Prediction }) {
  return (
    <section aria-label={t('churn.result', 'Answer of the model')} aria-live="polite">
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Text>{percent(before.probability)}</Text>
        <span aria-hidden>→</span>
        <Text weight="bold">{percent(after.probability)}</Text>
        <RiskBadge level={after.riskLevel} />
        <Text color="secondary">
          {t('churn.points', '{{points}} points', { points: points(after.probability - before.probability) })}
        </Text>
      </Stack>
      <Text color="secondary" variant="bodySmall">
        {t('churn.not-causal', 'What the model expects of such a customer; not a promise that the change causes it.')}
      </Text>
    </section>
  );
}
