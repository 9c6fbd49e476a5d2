import React from 'react';
import { t } from '../../i18n/t';
import { Grid } from '@grafana/ui';
import { Page } from '../shared/Page';
import { useSource } from '../shared/source';
import { useLoad } from '../shared/useLoad';
import { anomalies, freshness, labBreaches, mrrAtRisk, openAlerts, type Finding } from './findings';
import { FindingCard } from './FindingCard';

interface Topic {
  id: string;
  title: string;
  load: (uid: string) => Promise<Finding>;
}

function topics(): Topic[] {
  return [
    { id: 'alerts', title: t('home.alerts', 'Open alerts'), load: openAlerts },
    { id: 'labs', title: t('home.labs', 'Labs in breach of contract'), load: labBreaches },
    { id: 'risk', title: t('home.risk', 'Revenue at risk'), load: mrrAtRisk },
    { id: 'anomalies', title: t('home.anomalies', 'Unusual movements'), load: anomalies },
    { id: 'fresh', title: t('home.fresh', 'Figures as of'), load: (uid) => freshness(uid) },
  ];
}

/** What needs attention now: each topic with its figure, what it is measured against, and where to act. */
export default function HomePage() {
  return (
    <Page
      title={t('home.title', 'What needs attention')}
      subTitle={t(
        'home.subtitle',
        'Breaches, anomalies, revenue at risk and stale data, as far as your role may see them.'
      )}
    >
      <Grid gap={2} minColumnWidth={34}>
        {topics().map((topic) => (
          <TopicCard key={topic.id} topic={topic} />
        ))}
      </Grid>
    </Page>
  );
}

function TopicCard({ topic }: { topic: Topic }) {
  const uid = useSource();
  const load = useLoad(`${topic.id} ${uid}`, () => topic.load(uid));
  return <FindingCard title={topic.title} load={load} />;
}
