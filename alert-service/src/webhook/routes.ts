import { type Service } from '@fair-underwriting/http-service/src/application.ts';
import { errorBody, HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import Type from 'typebox';
import { QueueUnavailable, type Journal } from '../queue/journal.ts';
import { checkSignature, checkToken, SIGNATURE_HEADER, TIMESTAMP_HEADER, type WebhookKeys } from './authenticate.ts';
import { grafanaPayload } from './payload.ts';
import { reportOf } from './report.ts';

/** Bytes of a notification; Grafana puts a whole group into one. */
const BODY_LIMIT = 8 * 1_048_576;

/** Adds POST /v1/webhooks/grafana: what it answered with 202 is on disk. */
export function addWebhook(parent: Service, keys: WebhookKeys, journal: Journal): void {
  void parent.register((service: Service, _options, done) => {
    // The signature is over the bytes as they came: they are checked before anything reads them.
    const parse = service.getDefaultJsonParser('error', 'error');
    service.removeContentTypeParser('application/json');
    service.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, parsed) => {
      try {
        checkSignature(keys, request.headers, body, Date.now());
      } catch (error) {
        parsed(error as Error);
        return;
      }
      void parse(request, body.toString(), parsed);
    });
    service.post(
      '/v1/webhooks/grafana',
      {
        config: { access: 'own' },
        bodyLimit: BODY_LIMIT,
        onRequest: (request, _reply, next) => {
          checkToken(keys, request.headers);
          next();
        },
        schema: {
          tags: ['webhook'],
          summary: "Takes a notification of Grafana's webhook contact point",
          description: `Signed in ${SIGNATURE_HEADER} and ${TIMESTAMP_HEADER}, with the bearer token, or both, as configured.`,
          body: grafanaPayload,
          response: {
            202: Type.Object({ accepted: Type.Integer({ description: 'Alerts that are safe on disk.' }) }),
            '4xx': errorBody,
            503: errorBody,
          },
        },
      },
      async (request, reply) => {
        const now = Date.now();
        const reports = request.body.alerts.map((alert, index) => reportOf(alert, now, `body/alerts/${index}`));
        try {
          if (reports.length > 0) await journal.append(JSON.stringify(reports));
        } catch (error) {
          if (!(error instanceof QueueUnavailable)) throw error;
          request.log.error({ waiting: journal.length, bytes: journal.bytes }, error.message);
          throw new HttpError(503, `${error.message} Send the notification again.`, { retryAfter: 30 });
        }
        return reply.code(202).send({ accepted: reports.length });
      },
    );
    done();
  });
}
