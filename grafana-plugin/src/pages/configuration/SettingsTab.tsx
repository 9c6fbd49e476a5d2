import React, { useState } from 'react';
import type { PluginConfigPageProps, AppPluginMeta } from '@grafana/data';
import { t } from '../../i18n/t';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, Combobox, Field, Stack } from '@grafana/ui';
import { dataSourceType } from '../shared/app';
import { request } from '../shared/request';
import { chooseSource, SourceContext, type AppSettings } from '../shared/source';
import { Failure } from '../shared/States';
import { asError } from '../shared/useLoad';
import { Health } from './Health';

type Props = PluginConfigPageProps<AppPluginMeta<AppSettings>>;

/** The app's settings in Grafana's plugin administration: which data source the pages read. */
export default function SettingsTab({ plugin: { meta } }: Props) {
  const [uid, setUid] = useState(() => chooseSource(getDataSourceSrv(), meta.jsonData ?? {}) ?? '');
  const [outcome, setOutcome] = useState<'saved' | Error>();
  const sources = getDataSourceSrv()
    .getList({ type: dataSourceType })
    .filter(({ type }) => type === dataSourceType);
  const save = async () => {
    try {
      await request(`/api/plugins/${meta.id}/settings`, {
        method: 'POST',
        body: { enabled: meta.enabled, pinned: meta.pinned, jsonData: { ...meta.jsonData, dataSourceUid: uid } },
      });
      setOutcome('saved');
    } catch (reason) {
      setOutcome(asError(reason));
    }
  };
  return (
    <SourceContext.Provider value={uid}>
      <Stack direction="column" gap={2}>
        <Field
          label={t('configuration.source', 'Data source')}
          description={t('configuration.source-what', 'Every page of the app reads this one.')}
          htmlFor="app-source"
          noMargin
        >
          <Combobox
            id="app-source"
            width={40}
            options={sources.map((source) => ({ value: source.uid, label: source.name }))}
            value={uid === '' ? null : uid}
            onChange={({ value }) => setUid(value)}
          />
        </Field>
        <div>
          <Button disabled={uid === ''} onClick={() => void save()}>
            {t('configuration.save', 'Save')}
          </Button>
        </div>
        {outcome === 'saved' && (
          <Alert
            severity="success"
            title={t('configuration.saved', 'Saved: pages that are opened from now on read it.')}
          />
        )}
        {outcome instanceof Error && (
          <Failure error={outcome} title={t('configuration.not-saved', 'The settings were not saved')} />
        )}
        <Health />
      </Stack>
    </SourceContext.Provider>
  );
}
