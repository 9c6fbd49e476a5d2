import Type, { type Static } from 'typebox';
import { severities } from '../webhook/report.ts';

export const statuses = ['open', 'acknowledged', 'resolved'] as const;

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const instant = Type.String({ format: 'date-time' });

export const alertBody = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    fingerprint: nullable(Type.String()),
    title: Type.String(),
    summary: Type.String(),
    severity: Type.Enum([...severities]),
    status: Type.Enum([...statuses]),
    type: Type.String(),
    team: nullable(Type.String()),
    entityType: nullable(Type.String()),
    entityId: nullable(Type.String()),
    value: nullable(Type.Number()),
    threshold: nullable(Type.Number()),
    firedAt: instant,
    endedAt: nullable({ ...instant, description: 'When the rule stopped firing.' }),
    acknowledgedAt: nullable(instant),
    acknowledgedBy: nullable(Type.String({ description: 'Null for roles that may not act on alerts.' })),
    resolvedAt: nullable(instant),
    resolvedBy: nullable(Type.String({ description: 'Null when it ended by itself, and for roles that may not act.' })),
    reopenedCount: Type.Integer(),
    runbookUrl: nullable(Type.String()),
    dashboardUrl: nullable(Type.String()),
  },
  { title: 'Alert' },
);
export type Alert = Static<typeof alertBody>;

export const eventBody = Type.Object(
  {
    at: instant,
    kind: Type.Enum(['raised', 'acknowledged', 'resolved', 'reopened', 'ended', 'noted']),
    by: nullable(Type.String({ description: 'Null for the alert rule, and for roles that may not act on alerts.' })),
    note: nullable(Type.String({ description: 'Null without, and for roles that may not act on alerts.' })),
  },
  { title: 'AlertEvent' },
);
export type AlertEvent = Static<typeof eventBody>;

export const alertWithEvents = Type.Object(
  { ...alertBody.properties, events: Type.Array(eventBody) },
  { title: 'AlertWithEvents' },
);
export const alertPage = Type.Object({ alerts: Type.Array(alertBody), nextCursor: nullable(Type.String()) });

/** One or several of a list, separated by commas. */
const anyOf = (values: readonly string[], description: string) =>
  Type.Optional(Type.String({ pattern: `^(${values.join('|')})(,(${values.join('|')}))*$`, description }));

export const listQuery = Type.Object(
  {
    status: anyOf(statuses, `One or several, separated by commas: ${statuses.join(', ')}.`),
    severity: anyOf(severities, `One or several, separated by commas: ${severities.join(', ')}.`),
    limit: Type.Optional(
      Type.String({ pattern: '^([1-9][0-9]?|[1-4][0-9]{2}|500)$', description: '1 to 500; 50 without.' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: 'nextCursor of the page before.' })),
  },
  { additionalProperties: false },
);

export const alertParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

// Postgres keeps no NUL in a text, and a note of blanks says nothing.
const noteText = Type.String({ maxLength: 2_000, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
export const optionalNote = Type.Object({ note: Type.Optional(noteText) }, { additionalProperties: false });
export const requiredNote = Type.Object({ note: noteText }, { additionalProperties: false });
