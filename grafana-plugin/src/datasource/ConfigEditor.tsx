import React from 'react';
import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { FieldSet, InlineField, Input, SecretInput } from '@grafana/ui';
import { t } from '../i18n/t';
import { ServiceFields } from './components/ServiceFields';
import type { CubeOptions, CubeSecrets, OrganisationRole } from './query';

type Props = DataSourcePluginOptionsEditorProps<CubeOptions, CubeSecrets>;

const labelWidth = 24;
const width = 40;

const examples = { url: 'http://127.0.0.1:4000', alertRoles: 'on_call', timeZone: 'UTC' };

const defaultRoles: Record<OrganisationRole, string> = {
  Viewer: 'analyst',
  Editor: 'analyst, operations',
  Admin: 'executive',
};

const roleLabels = (): Record<OrganisationRole, string> => ({
  Viewer: t('config.viewers', 'Roles of Viewers'),
  Editor: t('config.editors', 'Roles of Editors'),
  Admin: t('config.admins', 'Roles of Admins'),
});

const numbers = () =>
  [
    {
      name: 'budgetSeconds',
      label: t('config.budget', 'Time budget'),
      placeholder: '25',
      max: 300,
      tooltip: t(
        'config.budget-what',
        'Seconds for everything that one request asks of Cube; keep it below the 30 seconds of alert rules'
      ),
    },
    {
      name: 'rowLimit',
      label: t('config.row-limit', 'Row limit'),
      placeholder: '10000',
      max: 49_999,
      tooltip: t('config.default-what', 'Of queries that name none'),
    },
    {
      name: 'maxResponseMiB',
      label: t('config.largest', 'Largest answer'),
      placeholder: '32',
      max: 512,
      tooltip: t('config.largest-what', 'Of one query, in MiB'),
    },
  ] as const;

export function ConfigEditor({ options, onOptionsChange }: Props) {
  const { jsonData, secureJsonFields, secureJsonData } = options;
  const labels = roleLabels();
  const setJson = (change: Partial<CubeOptions>) =>
    onOptionsChange({ ...options, jsonData: { ...jsonData, ...change } });
  const setSecret = (apiSecret: string, stored: boolean) =>
    onOptionsChange({
      ...options,
      secureJsonFields: { ...secureJsonFields, apiSecret: stored },
      secureJsonData: { ...secureJsonData, apiSecret },
    });
  return (
    <>
      <FieldSet label={t('config.connection', 'Connection')}>
        <Row
          label={t('config.url', 'URL')}
          tooltip={t('config.url-what', "Cube's address as Grafana's server reaches it")}
        >
          <Input
            id="cube-url"
            width={width}
            placeholder={examples.url}
            value={options.url}
            onChange={(event) => onOptionsChange({ ...options, url: event.currentTarget.value })}
          />
        </Row>
        <Row
          label={t('config.secret', 'API secret')}
          tooltip={t('config.secret-what', "Cube's CUBEJS_API_SECRET; it signs a short-lived token for each call")}
        >
          <SecretInput
            id="cube-api-secret"
            width={width}
            isConfigured={Boolean(secureJsonFields['apiSecret'])}
            value={secureJsonData?.apiSecret ?? ''}
            onChange={(event) => setSecret(event.currentTarget.value, false)}
            onReset={() => setSecret('', false)}
          />
        </Row>
      </FieldSet>
      <FieldSet label={t('config.access', 'Who may see what')}>
        {(['Viewer', 'Editor', 'Admin'] as const).map((role) => (
          <Row key={role} label={labels[role]} tooltip={t('config.roles-what', 'Cube roles, separated by commas')}>
            <RolesInput
              id={`cube-roles-${role}`}
              roles={jsonData.roleMapping?.[role]}
              placeholder={defaultRoles[role]}
              onChange={(roles) => setJson({ roleMapping: { ...jsonData.roleMapping, [role]: roles } })}
            />
          </Row>
        ))}
        <Row
          label={t('config.alert-roles', 'Roles of alert rules')}
          tooltip={t('config.alert-roles-what', 'Cube roles of alert evaluations, which have no user')}
        >
          <RolesInput
            id="cube-roles-alerts"
            roles={jsonData.alertRoles}
            placeholder={examples.alertRoles}
            onChange={(alertRoles) => setJson({ alertRoles })}
          />
        </Row>
        {numbers().map(({ name, label, tooltip, placeholder, max }) => (
          <Row key={name} label={label} tooltip={tooltip}>
            <Input
              id={`cube-${name}`}
              type="number"
              min={1}
              max={max}
              width={width}
              placeholder={placeholder}
              value={jsonData[name] ?? ''}
              onChange={(event) => setJson({ [name]: Number(event.currentTarget.value) || undefined })}
            />
          </Row>
        ))}
      </FieldSet>
      <ServiceFields options={jsonData} onChange={setJson} />
      <FieldSet label={t('config.defaults', 'Defaults')}>
        <Row label={t('config.time-zone', 'Time zone')} tooltip={t('config.default-what', 'Of queries that name none')}>
          <Input
            id="cube-time-zone"
            width={width}
            placeholder={examples.timeZone}
            value={jsonData.timeZone ?? ''}
            onChange={(event) => setJson({ timeZone: event.currentTarget.value })}
          />
        </Row>
        <Row
          label={t('config.currency', 'Currency')}
          tooltip={t('config.currency-what', 'Three-letter code of amounts whose measure names none')}
        >
          <Input
            id="cube-currency"
            width={width}
            placeholder={t('config.none', 'None')}
            value={jsonData.currency ?? ''}
            onChange={(event) => setJson({ currency: event.currentTarget.value.toUpperCase() })}
          />
        </Row>
      </FieldSet>
    </>
  );
}

function Row({ label, tooltip, children }: { label: string; tooltip: string; children: React.ReactElement }) {
  return (
    <InlineField label={label} labelWidth={labelWidth} tooltip={tooltip} htmlFor={children.props.id}>
      {children}
    </InlineField>
  );
}

interface RolesInputProps {
  id: string;
  roles: string[] | undefined;
  placeholder: string;
  onChange: (roles: string[] | undefined) => void;
}

/** A list as text; split when the field is left, so that a comma can be typed. Empty stands for the default. */
function RolesInput({ id, roles, placeholder, onChange }: RolesInputProps) {
  return (
    <Input
      id={id}
      width={width}
      placeholder={placeholder}
      defaultValue={roles?.join(', ')}
      onBlur={(event) => {
        const entered = splitRoles(event.currentTarget.value);
        onChange(entered.length > 0 ? entered : undefined);
      }}
    />
  );
}

export function splitRoles(text: string): string[] {
  return text
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
}
