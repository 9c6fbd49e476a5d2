import type { BringUp } from '../bring-up.ts';
import { statePaths } from '../config.ts';
import { cubeAddress } from '../cube-process.ts';
import { explain, UserError } from '../user-error.ts';
import { downloadGrafana } from './download.ts';
import { findGrafana, grafanaIn, type Grafana } from './find.ts';
import { buildPlugin } from './plugin-build.ts';
import { grafanaAddress, startGrafana, waitForGrafana, type GrafanaOptions } from './process.ts';
import { contactVariables } from './provisioning.ts';

/**
 * Finds Grafana on this machine; one that was named and cannot be used is an error at once.
 * @returns undefined when the stack goes on without; else Grafana, or the download of it under way
 */
export function obtainGrafana(context: BringUp): Promise<Grafana | undefined> | undefined {
  const { config, progress } = context;
  if (!config.grafana.wanted) {
    progress.note('  Grafana is left out (FUA_GRAFANA=off).');
    return undefined;
  }
  const present = findGrafana(config.grafana.home);
  return present ? Promise.resolve(present) : download(context);
}

/** Downloads the vendor's Grafana, or says that it cannot be had. */
async function download({ config, progress, signal }: BringUp): Promise<Grafana | undefined> {
  try {
    return grafanaIn(await downloadGrafana({ dir: statePaths(config.dataDir).downloads, signal }));
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof UserError ? error.message : explain(error);
    progress.note(
      `  Going on without Grafana: there is none in GRAFANA_HOME or on the PATH, and ${why}.\n` +
        '  Install Grafana 12.3 or newer and set GRAFANA_HOME to its folder to have the dashboards; the panels are served without it.',
    );
    return undefined;
  }
}

/** Builds the plugin if needed, and starts Grafana with it. */
export async function bringUpGrafana(
  context: BringUp,
  grafana: Grafana,
  services: Pick<GrafanaOptions, 'alertsUrl' | 'mlUrl'>,
): Promise<void> {
  const { config, secrets, stack, progress, signal } = context;
  const { grafana: dataDir, logs: logsDir } = statePaths(config.dataDir);
  await progress.step(
    'Grafana plugin',
    () => buildPlugin(progress.note, signal),
    (what) => what,
  );
  signal.throwIfAborted();
  const { grafana: port, cube } = config.ports;
  await progress.step(
    'Grafana',
    async () => {
      const cubeUrl = cubeAddress(cube);
      const child = await startGrafana({ grafana, dataDir, port, cubeUrl, ...services, secrets, logsDir });
      stack.add('grafana', child, { grafana: { url: grafanaAddress(port) } });
      signal.throwIfAborted();
      await waitForGrafana(child, port);
    },
    () => `${grafana.version}, ${grafanaAddress(port)}`,
  );
  const contacts = contactVariables();
  if (!contacts.some((name) => process.env[name])) {
    progress.note(`  Alerts show in Grafana and its app only: set one of ${contacts.join(', ')} to have them sent.`);
  }
}
