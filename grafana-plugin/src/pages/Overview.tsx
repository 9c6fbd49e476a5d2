import React, { useEffect, useState } from 'react';
import { getDataSourceSrv, PluginPage } from '@grafana/runtime';
import { Alert, LinkButton, LoadingPlaceholder, Stack, TextLink } from '@grafana/ui';
import { checkSources, type SourceHealth } from './health';

/** What this app is, and whether its data can be reached. */
export default function Overview() {
  const [sources, setSources] = useState<SourceHealth[]>();
  useEffect(() => {
    void checkSources(getDataSourceSrv()).then(setSources);
  }, []);
  return (
    <PluginPage subTitle="Business figures of Fair Underwriting, each defined once in the Cube model.">
      <Stack direction="column" gap={2}>
        <p>
          Dashboards, alert rules and explorations read the model through the Cube data source. It asks on behalf of
          whoever is signed in, so everyone sees what their role allows.
        </p>
        {sources === undefined && <LoadingPlaceholder text="Asking Cube ..." />}
        {sources?.length === 0 && (
          <Alert severity="warning" title="There is no Cube data source yet">
            <TextLink href="/connections/datasources/new">Add one</TextLink>
          </Alert>
        )}
        {sources?.map(({ uid, name, healthy, message }) => (
          <Alert key={uid} severity={healthy ? 'success' : 'error'} title={name}>
            {message}
          </Alert>
        ))}
        <Stack direction="row" gap={1}>
          <LinkButton href="/dashboards?tag=fair-underwriting" icon="apps">
            Dashboards
          </LinkButton>
          <LinkButton href="/explore" variant="secondary" icon="compass">
            Explore
          </LinkButton>
        </Stack>
      </Stack>
    </PluginPage>
  );
}
