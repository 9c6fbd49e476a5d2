import Type, { type Static } from 'typebox';

const texts = Type.Record(Type.String(), Type.String());

/** An alert as Grafana's webhook sends it; what it sends besides is of no use here. */
export const grafanaAlert = Type.Object({
  status: Type.Enum(['firing', 'resolved']),
  fingerprint: Type.String({ minLength: 1, maxLength: 100, description: 'Hash of the labels.' }),
  labels: texts,
  annotations: Type.Optional(texts),
  startsAt: Type.String({ format: 'date-time' }),
  endsAt: Type.Optional(Type.String({ format: 'date-time', description: 'Of no meaning while it fires.' })),
  dashboardURL: Type.Optional(Type.String()),
  panelURL: Type.Optional(Type.String()),
});

export const grafanaPayload = Type.Object({ alerts: Type.Array(grafanaAlert, { maxItems: 10_000 }) });

export type GrafanaAlert = Static<typeof grafanaAlert>;
