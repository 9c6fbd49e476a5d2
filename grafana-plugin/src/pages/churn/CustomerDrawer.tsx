import React from 'react';
import { t } from '../../i18n/t';
import { Drawer, Stack, Tab, TabContent, TabsBar, Text } from '@grafana/ui';
import { missingText } from '../shared/answer';
import { Facts } from '../shared/Facts';
import { instant, percent } from '../shared/format';
import { oneOf, useQueryState } from '../shared/location';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { fetchPrediction, type Prediction } from './churn';
import { Factors } from './Factors';
import { History } from './History';
import { Interventions } from './Interventions';
import { RiskBadge } from './RiskBadge';
import { WhatIf } from './WhatIf';

interface Props {
  id: string;
  onClose: () => void;
}

const tabs = ['factors', 'what-if', 'interventions', 'history'] as const;

/** One subscriber: the prediction, why, what would change it, what has been done. */
export function CustomerDrawer({ id, onClose }: Props) {
  const uid = useSource();
  const [query, change] = useQueryState();
  const tab = oneOf(query.get('tab'), tabs);
  const load = useLoad(`${uid} ${id}`, () => fetchPrediction(uid, id));
  const titles = {
    factors: t('churn.factors', 'Why'),
    'what-if': t('churn.what-if', 'What if'),
    interventions: t('churn.interventions', 'Interventions'),
    history: t('churn.history', 'History'),
  };
  return (
    <Drawer title={t('churn.customer-title', 'Customer {{id}}', { id: id.slice(0, 8) })} onClose={onClose} size="md">
      <Loaded load={load} loading={t('churn.loading-one', 'Loading the prediction ...')}>
        {(prediction) => (
          <Stack direction="column" gap={2}>
            <Summary prediction={prediction} />
            <TabsBar>
              {tabs.map((name) => (
                <Tab
                  key={name}
                  label={titles[name]}
                  active={tab === name}
                  onChangeTab={() => change({ tab: name }, { replace: true })}
                />
              ))}
            </TabsBar>
            <TabContent>
              {tab === 'factors' && <Factors factors={prediction.factors} />}
              {tab === 'what-if' && <WhatIf customerId={id} />}
              {tab === 'interventions' && <Interventions customerId={id} prediction={prediction} />}
              {tab === 'history' && <History customerId={id} />}
            </TabContent>
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

function Summary({ prediction }: { prediction: Prediction }) {
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} alignItems="center">
        <Text variant="h2" element="p">
          {percent(prediction.probability)}
        </Text>
        <RiskBadge level={prediction.riskLevel} />
      </Stack>
      <Facts
        facts={[
          [t('churn.as-of', 'As of'), instant(prediction.asOf)],
          [t('churn.model', 'Model'), prediction.modelVersion],
          [t('churn.date', 'Expected to leave'), prediction.predictedChurnDate ?? missingText],
        ]}
      />
    </Stack>
  );
}
