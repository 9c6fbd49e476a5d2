import { RefusedError } from './errors.ts';

export type Route = 'data' | 'sql' | 'meta' | 'cancel';

const dataPaths = new Set(['/load', '/dry-run', '/subscribe']);
const base = '/cubejs-api/v1';

/**
 * Says what kind of request this is. Only what is listed here reaches Cube, so paths that match Cube's routes in some
 * other spelling, and routes that a later version adds, are refused too.
 * @throws RefusedError 403 for parts of Cube that are closed, 404 for anything else
 */
export function routeOf(method: string, path: string): Route {
  const inner = path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
  if (inner !== undefined) {
    if (dataPaths.has(inner) && (method === 'GET' || method === 'POST')) return 'data';
    if (inner === '/sql' && method === 'POST') return 'sql';
    if (inner === '/meta' && method === 'GET') return 'meta';
    if (/^\/running-query\/[\w-]{1,100}$/.test(inner) && method === 'DELETE') return 'cancel';
  }
  if (path.toLowerCase().startsWith('/cubejs-')) {
    throw new RefusedError(403, 'This part of the API is closed. Open: load, dry-run, subscribe, meta; sql by POST.');
  }
  throw new RefusedError(404, 'There is nothing at this address.');
}
