import { relative } from 'node:path';
import { HOST, statePaths, type StackConfig } from './config.ts';
import { cubeAddress, cubeMode } from './cube-process.ts';
import { GRAFANA_ADMIN } from './grafana/process.ts';
import { OWNER } from './postgres/cluster.ts';
import { DATABASE } from './postgres/server.ts';
import type { RunRecord } from './run-file.ts';

/** Where everything is and how to log in; says where passwords are kept, never the passwords. */
export function summary(config: StackConfig, record: RunRecord): string[] {
  const secrets = relative(process.cwd(), statePaths(config.dataDir).secrets);
  const mode = cubeMode() === 'native' ? 'native add-on' : 'portable mode, without the native add-on';
  const lines = [`  Cube      ${record.cube.url}/cubejs-api/v1  (${mode})`];
  lines.push('            a token: npm run token -- --role analyst --user YOUR_NAME');
  if (record.churn) lines.push(`  Churn     ${record.churn.url}/docs`);
  if (record.alerts) lines.push(`  Alerts    ${record.alerts.url}/docs`);
  if (record.grafana) {
    lines.push(`  Grafana   ${record.grafana.url}/d/fua-executive-kpis`);
    lines.push(`            user ${GRAFANA_ADMIN}, password: grafanaAdminPassword in ${secrets}`);
  }
  if (record.workbench) lines.push(`  Panels    ${record.workbench.url}`);
  if (record.database.embedded) {
    const { port, name } = record.database;
    lines.push(`  Postgres  ${HOST}:${port}, database ${name}`);
    lines.push(`            user ${OWNER}, password: postgresPassword in ${secrets}`);
  } else {
    lines.push('  Postgres  your own (DATABASE_URL)');
  }
  return lines;
}

/** What a record says at its beginning, before the parts are up. */
export function plannedRecord(config: StackConfig): Pick<RunRecord, 'cube' | 'database'> {
  return {
    cube: { url: cubeAddress(config.ports.cube) },
    database:
      config.databaseUrl === undefined
        ? { embedded: true, host: HOST, port: config.ports.postgres, name: DATABASE, user: OWNER }
        : { embedded: false },
  };
}
