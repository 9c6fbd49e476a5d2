import { join } from 'node:path';
import { ROOT } from '../config.ts';

/** Folder of the built workbench. */
export const WORKBENCH_PAGES = join(ROOT, 'grafana-plugin', 'workbench', 'dist');
