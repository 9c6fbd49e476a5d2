import React from 'react';
import { t } from '../../i18n/t';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, LinkButton, Stack } from '@grafana/ui';
import { useSource } from '../shared/source';
import { Loaded } from '../shared/States';
import { useLoad } from '../shared/useLoad';
import { checkServices, checkSources, type Health as HealthOf, type SourceHealth } from './checks';

/** The data sources and the services that the pages use, each with what it says of itself. */
export function Health() {
  const uid = useSource();
  const sources = useLoad('sources', () => checkSources(getDataSourceSrv()));
  const services = useLoad(uid === '' ? undefined : uid, () => checkServices(uid));
  const again = () => {
    sources.reload();
    services.reload();
  };
  return (
    <Stack direction="column" gap={2}>
      <Loaded load={sources} loading={t('configuration.asking-cube', 'Asking Cube ...')}>
        {(list) =>
          list.length === 0 ? (
            <NoSource />
          ) : (
            <>
              {list.map((one) => (
                <Source key={one.uid} source={one} used={uid} />
              ))}
            </>
          )
        }
      </Loaded>
      {uid !== '' && (
        <Loaded load={services} loading={t('configuration.asking-services', 'Asking the services ...')}>
          {(list) => (
            <>
              {list.map((one) => (
                <One key={one.name} health={one} />
              ))}
            </>
          )}
        </Loaded>
      )}
      <div>
        <Button variant="secondary" icon="sync" onClick={again}>
          {t('configuration.again', 'Check again')}
        </Button>
      </div>
    </Stack>
  );
}

function NoSource() {
  return (
    <Alert severity="warning" title={t('app.no-source', 'There is no Cube data source yet')}>
      <LinkButton href="/connections/datasources/new">{t('app.add-source', 'Add one')}</LinkButton>
    </Alert>
  );
}

function Source({ source, used }: { source: SourceHealth; used: string }) {
  const name =
    source.uid === used
      ? t('configuration.used', '{{name}} (used by these pages)', { name: source.name })
      : source.name;
  return (
    <One health={{ ...source, name }}>
      <LinkButton
        size="sm"
        variant="secondary"
        href={`/connections/datasources/edit/${encodeURIComponent(source.uid)}`}
      >
        {t('configuration.open', 'Open its settings')}
      </LinkButton>
    </One>
  );
}

function One({ health, children }: { health: HealthOf; children?: React.ReactNode }) {
  return (
    <Alert severity={health.healthy ? 'success' : 'error'} title={health.name}>
      <Stack direction="column" gap={1} alignItems="flex-start">
        {health.message}
        {children}
      </Stack>
    </Alert>
  );
}
