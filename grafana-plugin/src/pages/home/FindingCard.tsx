import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../i18n/t';
import { Badge, LinkButton, Stack, Text, useStyles2, type BadgeColor, type IconName } from '@grafana/ui';
import { Loaded } from '../shared/States';
import type { Load } from '../shared/useLoad';
import type { Finding } from './findings';

interface Props {
  title: string;
  load: Load<Finding>;
}

/** One topic of the home page. */
export function FindingCard({ title, load }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.card} aria-label={title}>
      <Text element="h2" variant="h5">
        {title}
      </Text>
      <Loaded load={load} loading={t('home.loading', 'Looking ...')}>
        {(finding) => (
          <Stack direction="column" gap={1} alignItems="flex-start">
            <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
              <Text variant="h2" element="p">
                {finding.figure}
              </Text>
              <Status status={finding.status} />
            </Stack>
            <Text color="secondary">{finding.target}</Text>
            {finding.details.length > 0 && (
              <ul className={styles.details}>
                {finding.details.map((detail) => (
                  <li key={detail}>{detail}</li>
                ))}
              </ul>
            )}
            <LinkButton href={finding.link.href} size="sm" variant="secondary">
              {finding.link.text}
            </LinkButton>
          </Stack>
        )}
      </Loaded>
    </section>
  );
}

/** In words and with an icon: colour alone tells some people nothing. */
function Status({ status }: { status: Finding['status'] }) {
  const looks: Record<Finding['status'], { text: string; color: BadgeColor; icon: IconName }> = {
    attention: { text: t('home.attention', 'Needs attention'), color: 'red', icon: 'exclamation-triangle' },
    fine: { text: t('home.fine', 'Fine'), color: 'green', icon: 'check' },
    unknown: { text: t('home.unknown', 'Not known yet'), color: 'blue', icon: 'question-circle' },
  };
  return <Badge {...looks[status]} />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(2),
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  }),
  details: css({ margin: 0, paddingLeft: theme.spacing(2.5) }),
});
