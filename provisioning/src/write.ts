import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { files } from './files.ts';

// `npm run provisioning`: writes the dashboards, alert rules and contact points that Grafana reads.
const root = join(import.meta.dirname, '..');
const written = await files();
for (const folder of ['dashboards', 'alerting', 'contact-points/set', 'contact-points/unset']) {
  mkdirSync(join(root, folder), { recursive: true });
  for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith('.json'))) {
    if (!written.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
  }
}
for (const [path, content] of written) writeFileSync(join(root, path), content);
console.log(`Wrote ${written.size} files.`);
