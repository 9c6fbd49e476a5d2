import { roles, type Role } from '@fair-underwriting/cube/src/auth/roles.ts';
import { migrate } from '@fair-underwriting/database/src/migrate.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startCube, type TestCube } from '../support/cube.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { knownViews, maySee } from './who-sees-what.ts';

// Generous, because test files share the machine.
jest.setTimeout(180_000);

interface MetaView {
  name: string;
  measures: { name: string }[];
  dimensions: { name: string }[];
  segments: { name: string }[];
}

interface Member {
  name: string;
  kind: 'measures' | 'dimensions' | 'segments';
}

/** Queries in flight at once. */
const callers = 8;

let postgres: TestPostgres;
let cube: TestCube;
/** What any role sees. */
let members: Member[];
let metaOf: Map<Role, string[]>;

beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  cube = await startCube({ databaseUrl: postgres.url });
  const found = new Map<string, Member>();
  metaOf = new Map();
  for (const role of roles) {
    const { body } = await cube.get('meta', cube.token(role));
    const seen = (body as unknown as { cubes: MetaView[] }).cubes.flatMap((view) =>
      (['measures', 'dimensions', 'segments'] as const).flatMap((kind) =>
        view[kind].map(({ name }) => ({ name, kind })),
      ),
    );
    for (const member of seen) found.set(member.name, member);
    metaOf.set(
      role,
      seen.map(({ name }) => name),
    );
  }
  members = [...found.values()];
}, 120_000);
afterAll(async () => {
  await cube.stop();
  await postgres.stop();
}, 30_000);

/** Runs something for each item, a few at a time. */
async function forEach<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const item of waiting) await run(item);
    }),
  );
}

// When this fails, a view came or went: say in who-sees-what.ts who may see it.
test('the table names every view, and no other', () => {
  const views = new Set(members.map(({ name }) => name.split('.')[0] ?? ''));
  expect([...views].sort()).toEqual([...knownViews].sort());
});

describe.each(roles)('%s', (role) => {
  test('is told of the members that it may see', () => {
    const allowed = members.filter(({ name }) => maySee(role, name)).map(({ name }) => name);
    expect([...(metaOf.get(role) ?? [])].sort()).toEqual(allowed.sort());
  });

  test('is answered for these, and refused every other, selected or filtered by', async () => {
    const token = cube.token(role);
    const wrong: string[] = [];
    const measureOf = new Map<string, string>();
    for (const { name, kind } of members) {
      if (kind === 'measures' && maySee(role, name)) measureOf.set(name.split('.')[0] ?? '', name);
    }
    await forEach(members, async ({ name, kind }) => {
      const measure = measureOf.get(name.split('.')[0] ?? '');
      const select = { [kind]: [name], ...(kind === 'segments' && measure && { measures: [measure] }), limit: 1 };
      const filter = { measures: [measure ?? name], filters: [{ member: name, operator: 'set' }], limit: 1 };
      for (const query of maySee(role, name) ? [select] : [select, filter]) {
        const { status, body } = await cube.post('load', { query }, token);
        const isRight = maySee(role, name)
          ? status === 200 && Array.isArray(body.data)
          : status === 403 && Object.keys(body).join() === 'error';
        if (!isRight) wrong.push(`${JSON.stringify(query)}: ${status} ${body.error ?? ''}`);
      }
    });
    expect(wrong).toEqual([]);
  });
});

test('several roles see what one of them sees, member by member of one view', async () => {
  const both = ['analyst', 'clinical'] as const;
  const token = cube.token([...both]);
  const wrong: string[] = [];
  await forEach(
    members.filter(({ name }) => name.startsWith('customers.') || name.startsWith('margins.')),
    async ({ name, kind }) => {
      const { status } = await cube.post('load', { query: { [kind]: [name], limit: 1 } }, token);
      if ((status === 200) !== both.some((role) => maySee(role, name))) wrong.push(`${name}: ${status}`);
    },
  );
  expect(wrong).toEqual([]);
});
