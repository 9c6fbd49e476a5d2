// A worker starts as plain JavaScript; from here on TypeScript is understood.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
