import { config } from '@grafana/runtime';

/** Whether the page offers actions. What they do is decided by the services, by the roles in the token. */
export function mayAct(): boolean {
  const { orgRole, isGrafanaAdmin } = config.bootData.user;
  return isGrafanaAdmin || orgRole === 'Editor' || orgRole === 'Admin';
}
