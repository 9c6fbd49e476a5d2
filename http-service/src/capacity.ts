import type { FastifyInstance } from 'fastify';
import { HttpError } from './errors.ts';

/** Refuses calls of /v1 beyond a number at the same time, so that those under way stay quick; health always answers. */
export function addCapacityLimit(app: FastifyInstance, most: number): void {
  let underWay = 0;
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url?.startsWith('/v1/')) {
      if (underWay >= most)
        throw new HttpError(503, 'Too many requests at the same time: try again.', { retryAfter: 1 });
      underWay++;
      // Not onResponse: a caller that goes away must give its place back, too.
      reply.raw.once('close', () => underWay--);
    }
    done();
  });
}
