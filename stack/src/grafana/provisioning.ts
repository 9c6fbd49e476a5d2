import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../config.ts';

const SOURCE = join(ROOT, 'provisioning');
const OPTIONAL = join(SOURCE, 'contact-points');

/** Variables that each add a way to be told of alerts. */
export const contactVariables = () => readdirSync(join(OPTIONAL, 'set')).map((name) => name.slice(0, -'.json'.length));

/**
 * Makes the folder that Grafana is provisioned from: the repository's, with the contact points whose variables are set.
 * Grafana does not start with one that has an empty address. docker/with-contact-points.sh does the same in a container.
 */
export function arrangeProvisioning(target: string, env: NodeJS.ProcessEnv): void {
  rmSync(target, { recursive: true, force: true });
  const alerting = join(target, 'alerting');
  mkdirSync(alerting, { recursive: true });
  for (const name of ['dashboards', 'datasources', 'plugins'])
    symlinkSync(join(SOURCE, name), join(target, name), 'dir');
  for (const name of readdirSync(join(SOURCE, 'alerting'))) {
    copyFileSync(join(SOURCE, 'alerting', name), join(alerting, name));
  }
  for (const variable of contactVariables()) {
    const chosen = env[variable] ? 'set' : 'unset';
    copyFileSync(join(OPTIONAL, chosen, `${variable}.json`), join(alerting, `contact-point-${variable}.json`));
  }
}
