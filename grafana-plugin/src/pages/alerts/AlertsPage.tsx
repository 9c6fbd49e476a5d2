import React from 'react';
import { t } from '../../i18n/t';
import { Button, EmptyState, RadioButtonGroup, Stack } from '@grafana/ui';
import { oneOf, useQueryState } from '../shared/location';
import { Page } from '../shared/Page';
import { Failure, Loaded } from '../shared/States';
import { AlertDrawer } from './AlertDrawer';
import { severities, severityText, statuses, statusText, type Severity, type Status } from './alerts';
import { AlertTable } from './AlertTable';
import { useAlertList } from './useAlertList';

/** Alerts from their firing to their resolution; Grafana itself keeps neither acknowledgement nor notes. */
export default function AlertsPage() {
  const [query, change] = useQueryState();
  const status = oneOf<Status | 'all'>(query.get('status'), ['open', ...statuses, 'all']);
  const severity = oneOf<Severity | 'all'>(query.get('severity'), ['all', ...severities]);
  const list = useAlertList({ status, severity });
  const opened = query.get('alert');
  return (
    <Page
      title={t('alerts.title', 'Alerts inbox')}
      subTitle={t('alerts.subtitle', 'Acknowledge what you look after, note what you find, resolve what is over.')}
      actions={
        <Button variant="secondary" icon="sync" onClick={list.first.reload}>
          {t('alerts.refresh', 'Refresh')}
        </Button>
      }
    >
      <Stack direction="column" gap={2}>
        <Stack direction="row" gap={2} wrap="wrap">
          <RadioButtonGroup<Status | 'all'>
            aria-label={t('alerts.status', 'Status')}
            options={[
              ...statuses.map((value) => ({ value, label: statusText(value) })),
              { value: 'all', label: t('alerts.all', 'All') },
            ]}
            value={status}
            onChange={(value) => change({ status: value })}
          />
          <RadioButtonGroup<Severity | 'all'>
            aria-label={t('alerts.severity', 'Severity')}
            options={[
              { value: 'all', label: t('alerts.any', 'Any severity') },
              ...severities.map((value) => ({ value, label: severityText(value) })),
            ]}
            value={severity}
            onChange={(value) => change({ severity: value })}
          />
        </Stack>
        <Loaded load={list.first} loading={t('alerts.loading', 'Loading alerts ...')}>
          {() =>
            list.alerts.length === 0 ? (
              <EmptyState variant="completed" message={t('alerts.none', 'No alert here')}>
                {t('alerts.none-what', 'Nothing of this status and severity. Choose another, or enjoy the quiet.')}
              </EmptyState>
            ) : (
              <AlertTable alerts={list.alerts} onOpen={(id) => change({ alert: id })} />
            )
          }
        </Loaded>
        {list.moreError && <Failure error={list.moreError} />}
        {list.hasMore && (
          <Button variant="secondary" disabled={list.loadingMore} onClick={() => void list.loadMore()}>
            {t('alerts.more', 'Show more')}
          </Button>
        )}
      </Stack>
      {opened !== null && (
        <AlertDrawer id={opened} onClose={() => change({ alert: undefined })} onChanged={list.first.reload} />
      )}
    </Page>
  );
}
