import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client';

/** Seconds: from a score on the main thread to a request that waits for the database. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Adds /metrics in Prometheus's text format: the process and the requests by route, plus what the service registers. */
export function addMetrics(app: FastifyInstance, register: Registry): void {
  collectDefaultMetrics({ register });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [register],
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route, not the address: that may hold an id of a person.
    const route = request.routeOptions.url ?? 'none';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
  app.get(
    '/metrics',
    { config: { access: 'public' }, schema: { tags: ['operation'], security: [] } },
    async (_, reply) => reply.type(register.contentType).send(await register.metrics()),
  );
}
