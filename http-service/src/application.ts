import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type {
  FastifyPluginAsyncTypebox,
  FastifyPluginCallbackTypebox,
  TypeBoxTypeProvider,
} from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { Registry } from 'prom-client';
import { addAccessControl } from './access.ts';
import { addCapacityLimit } from './capacity.ts';
import { answerError } from './errors.ts';
import { addHealth, type Readiness } from './health.ts';
import { addMetrics } from './metrics.ts';

/** What a service adds its routes to: schemas of TypeBox give the types of what arrives. */
export type Service = Parameters<FastifyPluginCallbackTypebox>[0];

export interface ApplicationOptions {
  title: string;
  description: string;
  /** Secret of the tokens: the one that Cube verifies with. */
  tokenSecret: string;
  /** The service's own routes; each under /v1 names its `config.access`. */
  routes: (service: Service) => void;
  readiness: Readiness;
  /** Where the service keeps its own metrics. */
  metrics?: Registry;
  /** Largest body in bytes; 100 kB when left out. */
  bodyLimit?: number;
  /** Requests under /v1 at the same time; 100 when left out. */
  mostAtOnce?: number;
  /** `true` writes one JSON line per failure to the standard output; tests pass their own. */
  logger?: FastifyServerOptions['logger'];
}

/**
 * An HTTP service of this product: validation that changes nothing, tokens and roles, one shape of errors, OpenAPI at
 * /docs, /livez, /readyz and /metrics. Neither headers, addresses nor bodies are ever logged.
 */
export function createApplication(options: ApplicationOptions): FastifyInstance {
  const app = fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: options.bodyLimit ?? 100 * 1024,
    // Longer than callers keep idle connections, so that none reuses one that is just being closed.
    keepAliveTimeout: 120_000,
    requestTimeout: 30_000,
    frameworkErrors: answerError,
    ajv: {
      // Coercion would turn null into 0 and "" into false; a removed member would be a mistake that nobody hears of.
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: false },
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: 'There is nothing at this address: see /docs.' }),
  );
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route } = request.routeOptions;
    if (reply.statusCode >= 500)
      request.log.warn({ method: request.method, route, status: reply.statusCode }, 'answered');
    done();
  });
  let isStopping = false;
  app.addHook('preClose', (done) => {
    isStopping = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    // A connection kept for more requests would keep the process as well.
    if (isStopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  // Routes only become part of the documentation when it was registered before them.
  void app.register(swagger, {
    openapi: {
      info: { title: options.title, description: options.description, version: '1' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ token: [] }],
    },
  });
  void app.register(swaggerUi, { routePrefix: '/docs' });
  // As an async function, so that a mistake in a route fails the start and not the process.
  // eslint-disable-next-line @typescript-eslint/require-await
  const service: FastifyPluginAsyncTypebox = async (inner) => {
    addCapacityLimit(inner, options.mostAtOnce ?? 100);
    addAccessControl(inner, options.tokenSecret);
    addMetrics(inner, options.metrics ?? new Registry());
    addHealth(inner, options.readiness);
    options.routes(inner);
  };
  void app.register(service);
  return app;
}
