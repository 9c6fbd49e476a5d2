import React from 'react';
import { css } from '@emotion/css';
import { t } from '../../i18n/t';
import { Drawer, LinkButton, Stack, Text } from '@grafana/ui';
import { missingText } from '../shared/answer';
import { Facts } from '../shared/Facts';
import { instant } from '../shared/format';
import { mayAct } from '../shared/role';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { ActionForm } from './ActionForm';
import { fetchAlert, safeLink, type AlertWithEvents } from './alerts';
import { SeverityBadge, StatusBadge } from './Badges';

interface Props {
  id: string;
  onClose: () => void;
  /** The list behind the drawer is out of date. */
  onChanged: () => void;
}

/** One alert with its history, and what can be done about it. */
export function AlertDrawer({ id, onClose, onChanged }: Props) {
  const uid = useSource();
  const load = useLoad(`${uid} ${id}`, () => fetchAlert(uid, id));
  const changed = () => {
    load.reload();
    onChanged();
  };
  return (
    <Drawer title={load.value?.title ?? t('alerts.one', 'Alert')} onClose={onClose} size="md">
      <Loaded load={load} loading={t('alerts.loading-one', 'Loading the alert ...')}>
        {(alert) => (
          <Stack direction="column" gap={2}>
            <Details alert={alert} />
            {mayAct() ? (
              <ActionForm alert={alert} onDone={changed} />
            ) : (
              <Text color="secondary">
                {t('alerts.look-only', 'Your role looks; editors acknowledge and resolve.')}
              </Text>
            )}
            <History alert={alert} />
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

function Details({ alert }: { alert: AlertWithEvents }) {
  const runbook = safeLink(alert.runbookUrl);
  const dashboard = safeLink(alert.dashboardUrl);
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1}>
        <SeverityBadge severity={alert.severity} />
        <StatusBadge status={alert.status} />
      </Stack>
      {alert.summary && <Text>{alert.summary}</Text>}
      <Facts
        facts={[
          [t('alerts.about', 'About'), [alert.entityType, alert.entityId].filter(Boolean).join(' ') || missingText],
          [t('alerts.value', 'Value'), alert.value === null ? missingText : String(alert.value)],
          [t('alerts.threshold', 'Threshold'), alert.threshold === null ? missingText : String(alert.threshold)],
          [t('alerts.fired', 'Fired'), instant(alert.firedAt)],
          [t('alerts.acknowledged', 'Acknowledged'), by(alert.acknowledgedAt, alert.acknowledgedBy)],
          [t('alerts.resolved', 'Resolved'), by(alert.resolvedAt, alert.resolvedBy)],
          [t('alerts.reopened', 'Fired again'), String(alert.reopenedCount)],
        ]}
      />
      <Stack direction="row" gap={1}>
        {runbook && (
          <LinkButton href={runbook} target="_blank" rel="noreferrer" size="sm" variant="secondary" icon="book">
            {t('alerts.runbook', 'Runbook')}
          </LinkButton>
        )}
        {dashboard && (
          <LinkButton href={dashboard} size="sm" variant="secondary" icon="apps">
            {t('alerts.dashboard', 'Dashboard')}
          </LinkButton>
        )}
      </Stack>
    </Stack>
  );
}

function by(at: string | null, who: string | null): string {
  return at === null ? missingText : [instant(at), who].filter(Boolean).join(', ');
}

const list = css({ margin: 0, paddingLeft: '1.5em' });

function History({ alert }: { alert: AlertWithEvents }) {
  return (
    <section aria-label={t('alerts.history', 'History')}>
      <Text element="h3" variant="h5">
        {t('alerts.history', 'History')}
      </Text>
      <ol className={list}>
        {alert.events.map((event, index) => (
          <li key={index}>
            {[instant(event.at), event.kind, event.by].filter(Boolean).join(' · ')}
            {event.note && <Text element="p">{event.note}</Text>}
          </li>
        ))}
      </ol>
    </section>
  );
}
