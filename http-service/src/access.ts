import type { Role } from '@fair-underwriting/cube/src/auth/roles.ts';
import { AuthError, tokenFromHeader, verifyToken, type Identity } from '@fair-underwriting/cube/src/auth/verify.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The roles that may call the route; `public` for health and documentation, `own` where the route checks itself. */
    access?: readonly Role[] | 'public' | 'own';
  }
  interface FastifyRequest {
    /** Who is asking; undefined on routes without roles. */
    identity: Identity | undefined;
  }
}

/**
 * Verifies the token of every call before its body is read, and lets in the roles that the route names. A route under
 * /v1 that names none is a mistake of the service and keeps it from starting.
 */
export function addAccessControl(app: FastifyInstance, tokenSecret: string): void {
  app.decorateRequest('identity', undefined);
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/v1/') && config?.access === undefined) throw new Error(`The route ${url} names no access.`);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const access = request.routeOptions.config.access ?? 'public';
    if (typeof access !== 'string') {
      const identity = verifyToken(tokenFromHeader(request.headers.authorization), tokenSecret);
      if (!identity.roles.some((role) => access.includes(role))) {
        throw new AuthError(403, `Not allowed for your role: this needs one of ${access.join(', ')}.`);
      }
      request.identity = identity;
    }
    done();
  });
}

/**
 * Who is asking, on a route that names roles.
 * @throws Error on any other route
 */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw new Error('The route names no roles, so nobody was verified.');
  return request.identity;
}
