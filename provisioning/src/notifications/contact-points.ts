import { page, record, teams } from './policies.ts';

interface Receiver {
  uid: string;
  type: 'webhook' | 'email' | 'slack' | 'pagerduty';
  settings: Record<string, unknown>;
  disableResolveMessage: false;
}

const title = '{{ template "fua.title" . }}';
const message = '{{ template "fua.message" . }}';

function receiver(uid: string, type: Receiver['type'], settings: Receiver['settings']): Receiver {
  return { uid: `fua-${uid}`, type, settings, disableResolveMessage: false };
}

/** Keeps who acknowledged and resolved what; signs and names itself, so that nobody else can raise an alert there. */
const alertService = (uid: string) =>
  receiver(uid, 'webhook', {
    url: '$ALERT_SERVICE_WEBHOOK',
    httpMethod: 'POST',
    authorization_scheme: 'Bearer',
    authorization_credentials: '$ALERT_WEBHOOK_TOKEN',
    hmacConfig: {
      secret: '$ALERT_WEBHOOK_SECRET',
      header: 'X-Grafana-Alerting-Signature',
      timestampHeader: 'X-Grafana-Alerting-Timestamp',
    },
  });

function file(receivers: Record<string, Receiver>, gone: string[] = []) {
  return {
    apiVersion: 1,
    contactPoints: Object.entries(receivers).map(([name, one]) => ({ orgId: 1, name, receivers: [one] })),
    deleteContactPoints: gone.map((uid) => ({ orgId: 1, uid })),
  };
}

/**
 * What is always there. A contact point cannot be empty, and the alert service counts what comes twice once: so the
 * three begin with it.
 */
export const contactPointFile = file(
  {
    [record]: alertService('record-alert-service'),
    [teams]: alertService('teams-alert-service'),
    [page]: alertService('page-alert-service'),
  },
  // Those of earlier versions.
  ['fua-operations-webhook', 'fua-alert-service'],
);

const webhook = { url: '$ALERT_WEBHOOK_URL', httpMethod: 'POST' };
// The addresses may be separated by semicolons, commas or new lines.
const email = { addresses: '$ALERT_EMAIL', subject: title, message, singleEmail: true };
const slack = { url: '$SLACK_WEBHOOK_URL', title, text: message };
const pagerDuty = {
  integrationKey: '$PAGERDUTY_INTEGRATION_KEY',
  // Empty is PagerDuty's own address; its European service region has another.
  url: '$PAGERDUTY_URL',
  severity: '{{ or .CommonLabels.severity "critical" }}',
  class: '{{ .CommonLabels.type }}',
  component: '{{ or .CommonLabels.component .CommonLabels.entity }}',
  group: '{{ .CommonLabels.team }}',
  summary: title,
  details: { message },
};

/**
 * What is added where a variable is set, by the variable. Grafana does not start with an empty address or key, so a
 * file of `contact-points/set` is given to it, or one of `contact-points/unset`, which takes back what an earlier start
 * added.
 */
const optional: Record<string, Record<string, Receiver>> = {
  ALERT_EMAIL: { [teams]: receiver('teams-email', 'email', email), [page]: receiver('page-email', 'email', email) },
  ALERT_WEBHOOK_URL: {
    [teams]: receiver('teams-webhook', 'webhook', webhook),
    [page]: receiver('page-webhook', 'webhook', webhook),
  },
  PAGERDUTY_INTEGRATION_KEY: { [page]: receiver('page-pagerduty', 'pagerduty', pagerDuty) },
  SLACK_WEBHOOK_URL: {
    [teams]: receiver('teams-slack', 'slack', slack),
    [page]: receiver('page-slack', 'slack', slack),
  },
};

/** Files by path below provisioning/. */
export const optionalFiles: [path: string, content: unknown][] = Object.entries(optional).flatMap(
  ([variable, receivers]): [string, unknown][] => [
    [`contact-points/set/${variable}.json`, file(receivers)],
    [
      `contact-points/unset/${variable}.json`,
      file(
        {},
        Object.values(receivers).map(({ uid }) => uid),
      ),
    ],
  ],
);
