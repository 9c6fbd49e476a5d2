import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { UserError } from '../user-error.ts';

/** Where Debian's and Red Hat's packages put what lies beside the binary in the archive. */
const PACKAGED_HOME = '/usr/share/grafana';
const OLDEST = [12, 3] as const;

export interface Grafana {
  binary: string;
  home: string;
  version: string;
}

/**
 * The Grafana that is on this machine: in `GRAFANA_HOME`, else on the PATH.
 * @returns undefined when there is none
 * @throws UserError when the one that was named cannot be used
 */
export function findGrafana(named: string | undefined, path = process.env['PATH'] ?? ''): Grafana | undefined {
  if (named !== undefined) {
    const found = grafanaIn(named);
    if (found) return found;
    throw new UserError(`GRAFANA_HOME=${named} holds no Grafana 12.3 or newer (bin/grafana and conf/defaults.ini).`);
  }
  const onPath = path.split(delimiter).find((dir) => dir !== '' && existsSync(join(dir, 'grafana')));
  if (onPath === undefined) return undefined;
  const binary = realpathSync(join(onPath, 'grafana'));
  return grafanaIn(dirname(dirname(binary)), binary) ?? grafanaIn(PACKAGED_HOME, binary);
}

/** The Grafana in a folder laid out like the vendor's archive. */
export function grafanaIn(home: string, binary = join(home, 'bin', 'grafana')): Grafana | undefined {
  if (!existsSync(binary) || !existsSync(join(home, 'conf', 'defaults.ini'))) return undefined;
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const [version, major, minor] = /(\d+)\.(\d+)\.\d+\S*/.exec(stdout) ?? [];
  if (version === undefined) return undefined;
  const age = Number(major) - OLDEST[0] || Number(minor) - OLDEST[1];
  return age < 0 ? undefined : { binary, home, version };
}
