import React from 'react';
import { t } from '../../i18n/t';
import { Alert, Combobox, EmptyState, Field, RadioButtonGroup, Stack } from '@grafana/ui';
import type { View } from '../../datasource/meta';
import { attributionPanelId } from '../shared/app';
import { ask, fetchMeta } from '../shared/cube';
import { oneOf, useQueryState } from '../shared/location';
import { Page } from '../shared/Page';
import { RealPanel } from '../shared/RealPanel';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { creditQuestion, conversionKinds, lookbacks, months, monthsBefore, type Choice } from './question';

/** Channels and campaigns by the credit that the models give them, beside what they cost. */
export default function AttributionPage() {
  const uid = useSource();
  const meta = useLoad(uid, () => fetchMeta(uid));
  return (
    <Page
      title={t('attribution.title', 'Attribution')}
      subTitle={t('attribution.subtitle', 'Which channels bring customers, by each model, and at what cost.')}
    >
      <Loaded load={meta} loading={t('attribution.loading-meta', 'Loading what your role may see ...')}>
        {({ views }) => {
          const view = views.find(({ name }) => name === 'attribution');
          return view ? (
            <Explorer view={view} />
          ) : (
            <Alert severity="info" title={t('attribution.no-view', 'Your role sees no attribution')}>
              {t('attribution.no-view-what', 'Ask whoever looks after the roles of the data source.')}
            </Alert>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Explorer({ view }: { view: View }) {
  const uid = useSource();
  const [query, change] = useQueryState();
  const choice: Choice = {
    by: oneOf(query.get('by'), ['channel', 'campaign'] as const),
    conversion: oneOf(query.get('conversion'), conversionKinds),
    lookback: oneOf(query.get('lookback'), lookbacks),
    months: oneOf(query.get('months'), months),
  };
  const question = creditQuestion(view, choice);
  const load = useLoad(JSON.stringify([uid, question, choice.months]), () =>
    ask(uid, question, monthsBefore(new Date(), Number(choice.months)))
  );
  const conversionTitles = {
    first_payment: t('attribution.first-payment', 'First payment'),
    sign_up: t('attribution.sign-up', 'Sign-up'),
  };
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={2} alignItems="flex-end" wrap="wrap">
        <RadioButtonGroup
          aria-label={t('attribution.by', 'By')}
          options={[
            { value: 'channel', label: t('attribution.channels', 'Channels') },
            { value: 'campaign', label: t('attribution.campaigns', 'Campaigns') },
          ]}
          value={choice.by}
          onChange={(by) => change({ by })}
        />
        <Field label={t('attribution.conversion', 'Conversion')} htmlFor="attribution-conversion" noMargin>
          <Combobox
            id="attribution-conversion"
            width={20}
            options={conversionKinds.map((value) => ({ value, label: conversionTitles[value] }))}
            value={choice.conversion}
            onChange={({ value }) => change({ conversion: value })}
          />
        </Field>
        <Field label={t('attribution.lookback', 'Lookback')} htmlFor="attribution-lookback" noMargin>
          <Combobox
            id="attribution-lookback"
            width={16}
            options={lookbacks.map((value) => ({
              value,
              label: t('attribution.days', '{{count}} days', { count: Number(value) }),
            }))}
            value={choice.lookback}
            onChange={({ value }) => change({ lookback: value })}
          />
        </Field>
        <Field label={t('attribution.period', 'Conversions of the last')} htmlFor="attribution-months" noMargin>
          <Combobox
            id="attribution-months"
            width={20}
            options={months.map((value) => ({
              value,
              label: t('attribution.months', '{{count}} months', { count: Number(value) }),
            }))}
            value={choice.months}
            onChange={({ value }) => change({ months: value })}
          />
        </Field>
      </Stack>
      <Loaded load={load} loading={t('attribution.loading', 'Loading credits ...')}>
        {({ frame, length }) =>
          length === 0 ? (
            <EmptyState variant="not-found" message={t('attribution.none', 'No conversion in this period')}>
              {t('attribution.none-what', 'Choose a longer period or the other kind of conversion.')}
            </EmptyState>
          ) : (
            <RealPanel
              pluginId={attributionPanelId}
              title={t('attribution.title', 'Attribution')}
              frames={[frame]}
              height={640}
            />
          )
        }
      </Loaded>
    </Stack>
  );
}
