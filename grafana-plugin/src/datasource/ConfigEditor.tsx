import React from 'react';
import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { FieldSet, InlineField, Input, SecretInput } from '@grafana/ui';
import { ServiceFields } from './components/ServiceFields';
import type { CubeOptions, CubeSecrets, OrganisationRole } from './query';

type Props = DataSourcePluginOptionsEditorProps<CubeOptions, CubeSecrets>;

const labelWidth = 24;
const width = 40;

const defaultRoles: Record<OrganisationRole, string> = {
  Viewer: 'analyst',
  Editor: 'analyst, operations',
  Admin: 'executive',
};

const numbers = [
  {
    name: 'budgetSeconds',
    label: 'Time budget',
    placeholder: '25',
    max: 300,
    tooltip: 'Seconds for everything that one request asks of Cube; keep it below the 30 seconds of alert rules',
  },
  { name: 'rowLimit', label: 'Row limit', placeholder: '10000', max: 49_999, tooltip: 'Of queries that name none' },
  { name: 'maxResponseMiB', label: 'Largest answer', placeholder: '32', max: 512, tooltip: 'Of one query, in MiB' },
] as const;

export function ConfigEditor({ options, onOptionsChange }: Props) {
  const { jsonData, secureJsonFields, secureJsonData } = options;
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
      <FieldSet label="Connection">
        <Row label="URL" tooltip="Cube's address as Grafana's server reaches it">
          <Input
            id="cube-url"
            width={width}
            placeholder="http://127.0.0.1:4000"
            value={options.url}
            onChange={(event) => onOptionsChange({ ...options, url: event.currentTarget.value })}
          />
        </Row>
        <Row label="API secret" tooltip="Cube's CUBEJS_API_SECRET; it signs a short-lived token for each call">
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
      <FieldSet label="Who may see what">
        {(['Viewer', 'Editor', 'Admin'] as const).map((role) => (
          <Row key={role} label={`Roles of ${role}s`} tooltip="Cube roles, separated by commas">
            <RolesInput
              id={`cube-roles-${role}`}
              roles={jsonData.roleMapping?.[role]}
              placeholder={defaultRoles[role]}
              onChange={(roles) => setJson({ roleMapping: { ...jsonData.roleMapping, [role]: roles } })}
            />
          </Row>
        ))}
        <Row label="Roles of alert rules" tooltip="Cube roles of alert evaluations, which have no user">
          <RolesInput
            id="cube-roles-alerts"
            roles={jsonData.alertRoles}
            placeholder="on_call"
            onChange={(alertRoles) => setJson({ alertRoles })}
          />
        </Row>
        {numbers.map(({ name, label, tooltip, placeholder, max }) => (
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
      <FieldSet label="Defaults">
        <Row label="Time zone" tooltip="Of queries that name none">
          <Input
            id="cube-time-zone"
            width={width}
            placeholder="UTC"
            value={jsonData.timeZone ?? ''}
            onChange={(event) => setJson({ timeZone: event.currentTarget.value })}
          />
        </Row>
        <Row label="Currency" tooltip="Three-letter code of amounts whose measure names none">
          <Input
            id="cube-currency"
            width={width}
            placeholder="None"
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
