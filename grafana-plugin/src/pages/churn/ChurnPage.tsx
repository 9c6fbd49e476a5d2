import React from 'react';
import { t } from '../../i18n/t';
import { Alert, EmptyState, FilterInput, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import type { View } from '../../datasource/meta';
import { ask, fetchMeta } from '../shared/cube';
import { oneOf, useQueryState } from '../shared/location';
import { Page } from '../shared/Page';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { riskLevels, riskText, type RiskLevel } from './churn';
import { CustomerDrawer } from './CustomerDrawer';
import { churnView, mostRows, search, seesCustomers, workItems, worklistQuestion, type WorkItem } from './worklist';
import { WorkTable } from './WorkTable';

/** Subscribers who may leave, why, and what may keep them. */
export default function ChurnPage() {
  const uid = useSource();
  const meta = useLoad(uid, () => fetchMeta(uid));
  return (
    <Page
      title={t('churn.title', 'Churn worklist')}
      subTitle={t(
        'churn.subtitle',
        'Subscribers who may leave within 90 days, largest expected loss of revenue first.'
      )}
    >
      <Loaded load={meta} loading={t('churn.loading-meta', 'Loading what your role may see ...')}>
        {({ views }) => {
          const view = views.find(({ name }) => name === churnView);
          return view ? (
            <Worklist view={view} />
          ) : (
            <Alert severity="info" title={t('churn.no-view', 'Your role sees no predictions')}>
              {t('churn.no-view-what', 'Ask whoever looks after the roles of the data source.')}
            </Alert>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Worklist({ view }: { view: View }) {
  const uid = useSource();
  const [query, change] = useQueryState();
  const risk = oneOf<RiskLevel | 'all'>(query.get('risk'), ['all', ...riskLevels]);
  const text = query.get('search') ?? '';
  const customer = query.get('customer');
  const question = worklistQuestion(view, risk);
  const load = useLoad(`${uid} ${JSON.stringify(question)}`, () => ask(uid, question));
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={2} wrap="wrap">
        <RadioButtonGroup<RiskLevel | 'all'>
          aria-label={t('churn.risk', 'Risk')}
          options={[
            { value: 'all', label: t('churn.all', 'All') },
            ...riskLevels.map((value) => ({ value, label: riskText(value) })),
          ]}
          value={risk}
          onChange={(value) => change({ risk: value })}
        />
        <FilterInput
          width={36}
          value={text}
          placeholder={t('churn.search', 'Search customers and reasons')}
          aria-label={t('churn.search', 'Search customers and reasons')}
          onChange={(value) => change({ search: value }, { replace: true })}
        />
      </Stack>
      <Loaded load={load} loading={t('churn.loading', 'Loading predictions ...')}>
        {(answer) => {
          const items = search(workItems(answer), text);
          if (answer.length === 0) {
            return (
              <EmptyState variant="completed" message={t('churn.none', 'No prediction here')}>
                {t('churn.none-what', 'Nobody is at this risk, or no model has scored yet.')}
              </EmptyState>
            );
          }
          return (
            <Stack direction="column" gap={1}>
              <Text color="secondary">{countText(view, answer.length, items)}</Text>
              <WorkTable items={items} ofCustomers={seesCustomers(view)} onOpen={(id) => change({ customer: id })} />
            </Stack>
          );
        }}
      </Loaded>
      {customer !== null && <CustomerDrawer id={customer} onClose={() => change({ customer: undefined })} />}
    </Stack>
  );
}

function countText(view: View, rows: number, items: WorkItem[]): string {
  if (rows > mostRows) {
    return t('churn.cut', 'The first {{count}} by expected loss; choose a risk to see others', { count: mostRows });
  }
  const customers = items.reduce((sum, item) => sum + item.customers, 0);
  return seesCustomers(view)
    ? t('churn.count', '{{count}} subscribers', { count: customers })
    : t('churn.groups', '{{count}} subscribers; your role sees groups of them, not single ones', { count: customers });
}
