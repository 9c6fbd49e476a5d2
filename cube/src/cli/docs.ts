import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pagesOf } from '../docs/pages.ts';
import { readModel } from '../docs/read-model.ts';

// npm run docs: writes docs/metrics from the models.
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = join(root, 'docs', 'metrics');
const pages = pagesOf(readModel(join(root, 'cube', 'model')));

mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file));
for (const [file, text] of pages) writeFileSync(join(folder, file), text);
console.log(`Wrote ${pages.size} pages to docs/metrics.`);
