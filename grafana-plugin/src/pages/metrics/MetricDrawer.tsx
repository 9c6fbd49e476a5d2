import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../i18n/t';
import { ClipboardButton, Drawer, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { missingText } from '../shared/answer';
import { exploreLink } from '../shared/explore';
import { Facts } from '../shared/Facts';
import { RequestError } from '../shared/request';
import { mayAct } from '../shared/role';
import { useSource } from '../shared/source';
import { Failure, Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import type { Entry } from './entries';
import { fetchStatement, questionOf } from './sql';
import { formulaOf, tablesOf } from './statement';

interface Props {
  entry: Entry;
  onClose: () => void;
}

/** One figure: its definition, formula, where it comes from, and the SQL behind it. */
export function MetricDrawer({ entry, onClose }: Props) {
  const uid = useSource();
  const { member, view, kind } = entry;
  return (
    <Drawer title={member.shortTitle} subtitle={view.title} onClose={onClose} size="md">
      <Stack direction="column" gap={2}>
        <Text>{member.description ?? t('metrics.undescribed', 'The model says nothing more about it.')}</Text>
        <Facts
          facts={[
            [t('metrics.member', 'Member'), member.name],
            [
              t('metrics.kind', 'Kind'),
              kind === 'measure' ? t('metrics.figure', 'Figure') : t('metrics.dimension', 'Dimension'),
            ],
            [t('metrics.type', 'Type'), member.type ?? missingText],
          ]}
        />
        {kind === 'measure' && mayAct() && (
          <div>
            <LinkButton href={exploreLink(uid, questionOf(entry))} size="sm" variant="secondary" icon="compass">
              {t('metrics.explore', 'Explore')}
            </LinkButton>
          </div>
        )}
        <Statement entry={entry} />
      </Stack>
    </Drawer>
  );
}

function Statement({ entry }: { entry: Entry }) {
  const uid = useSource();
  const styles = useStyles2(getStyles);
  const load = useLoad(`${uid} ${entry.member.name}`, () => fetchStatement(uid, entry));
  if (load.error instanceof RequestError && load.error.status === 403) {
    return <Text color="secondary">{t('metrics.no-sql', 'Formula, tables and SQL are not shown to your role.')}</Text>;
  }
  if (load.error) {
    return <Failure error={load.error} retry={load.reload} />;
  }
  return (
    <Loaded load={load} loading={t('metrics.loading-sql', 'Asking for the SQL ...')}>
      {(sql) => (
        <Stack direction="column" gap={2}>
          <Section title={t('metrics.formula', 'Formula')}>
            <code className={styles.formula}>{formulaOf(sql) ?? missingText}</code>
          </Section>
          <Section title={t('metrics.lineage', 'Comes from')}>
            <Text>
              {[...tablesOf(sql).map((table) => t('metrics.table', 'table {{table}}', { table }))].join(', ') ||
                missingText}
            </Text>
          </Section>
          <Section title={t('metrics.sql', 'SQL')}>
            <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => sql}>
              {t('metrics.copy', 'Copy')}
            </ClipboardButton>
            <pre className={styles.sql} tabIndex={0} aria-label={t('metrics.sql', 'SQL')}>
              {sql}
            </pre>
          </Section>
        </Stack>
      )}
    </Loaded>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <Text element="h3" variant="h5">
        {title}
      </Text>
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  formula: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
  sql: css({
    maxHeight: '40vh',
    overflow: 'auto',
    marginTop: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
