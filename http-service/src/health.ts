import type { FastifyInstance } from 'fastify';

/** @returns why the service cannot do its work now, in words; undefined when it can */
export type Readiness = () => Promise<string | undefined>;

/** Adds /livez (the process answers) and /readyz (the service can do its work). */
export function addHealth(app: FastifyInstance, readiness: Readiness): void {
  const schema = { tags: ['operation'], security: [] };
  app.get('/livez', { config: { access: 'public' }, schema }, () => ({ status: 'alive' }));
  app.get('/readyz', { config: { access: 'public' }, schema }, async (_request, reply) => {
    const reason = await readiness();
    if (reason === undefined) return { status: 'ready' };
    return reply.code(503).header('retry-after', '5').send({ status: 'not ready', reason });
  });
}
