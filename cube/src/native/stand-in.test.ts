import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';

const standIn = createRequire(import.meta.url)('../../native-stand-in/index.js') as {
  isFallbackBuild(): boolean;
  redactSqlLiterals(sql: string): string;
  buildSqlAndParams(): never;
  newJinjaEngine(): { loadTemplate(name: string, text: string): void; renderTemplate(name: string): Promise<string> };
  getFinalQueryResult(request: object, rows: Buffer, answer: object): Promise<Buffer>;
  getFinalQueryResultMulti(requests: object[], rows: Buffer[], answer: object): Promise<Buffer>;
};

const annotation = {
  'v.name': { type: 'string' },
  'v.count': { type: 'number' },
  'v.at.day': { type: 'time' },
  'v.at.month': { type: 'time' },
};
const aliasToMemberNameMap = { v__name: 'v.name', v__count: 'v.count' };
const request = { aliasToMemberNameMap, annotation, query: {}, queryType: 'regularQuery', resType: 'default' };
const buffer = (members: string[], columns: unknown[][]) => Buffer.from(JSON.stringify({ members, columns }));

async function answer(change: object, rows: Buffer, result: object = { query: {} }): Promise<Record<string, unknown>> {
  const bytes = await standIn.getFinalQueryResult({ ...request, ...change }, rows, result);
  return JSON.parse(bytes.toString()) as Record<string, unknown>;
}

describe('a member without annotation', () => {
  const hidden = { aliasToMemberNameMap: { ...aliasToMemberNameMap, v__secret: 'v.secret' } };

  test.each([
    ['with rows', buffer(['v__name', 'v__secret'], [['a'], ['b']])],
    ['without rows', buffer([], [])],
  ])('is refused %s', async (_what, rows) => {
    for (const resType of ['default', 'compact', 'columnar']) {
      await expect(answer({ ...hidden, resType }, rows)).rejects.toMatchObject({
        type: 'UserError',
        message: expect.stringContaining("'v.secret'") as unknown,
      });
    }
  });

  test('is refused in each part of several', async () => {
    const run = standIn.getFinalQueryResultMulti(
      [request, { ...request, ...hidden }],
      [buffer([], []), buffer([], [])],
      { queryType: 'blendingQuery', results: [{ query: {} }, { query: {} }] },
    );
    await expect(run).rejects.toMatchObject({ type: 'UserError' });
  });

  test('is not taken from the prototype', async () => {
    const inherited = { aliasToMemberNameMap: { v__name: 'constructor' } };
    await expect(answer(inherited, buffer([], []))).rejects.toMatchObject({ type: 'UserError' });
    await expect(answer({}, buffer(['toString'], [['x']]))).rejects.toMatchObject({ type: 'UserError' });
  });
});

describe('rows', () => {
  const rows = buffer(
    ['v__name', 'v__count'],
    [
      ['a', null],
      ['90071992547409930001', 2],
    ],
  );

  test('come in three formats', async () => {
    expect((await answer({}, rows))['data']).toEqual([
      { 'v.name': 'a', 'v.count': '90071992547409930001' },
      { 'v.name': null, 'v.count': 2 },
    ]);
    expect((await answer({ resType: 'compact' }, rows))['data']).toEqual({
      members: ['v.name', 'v.count'],
      dataset: [
        ['a', '90071992547409930001'],
        [null, 2],
      ],
    });
    expect((await answer({ resType: 'columnar' }, rows))['data']).toEqual({
      members: ['v.name', 'v.count'],
      columns: [
        ['a', null],
        ['90071992547409930001', 2],
      ],
    });
  });

  test('of no rows are empty', async () => {
    expect((await answer({}, buffer([], [])))['data']).toEqual([]);
    expect((await answer({ resType: 'compact' }, buffer([], [])))['data']).toEqual({ members: [], dataset: [] });
    expect((await answer({ resType: 'columnar' }, buffer([], [])))['data']).toEqual({ members: [], columns: [] });
  });

  test('have times in the protocol form, and the finest granularity under the plain name', async () => {
    const data = await answer(
      { aliasToMemberNameMap: { d: 'v.at.day', m: 'v.at.month' } },
      buffer(
        ['m', 'd'],
        [
          ['2024-01-01T00:00:00.000', null],
          ['2024-01-31 10:00:00.5', 'infinity'],
        ],
      ),
    );
    expect(data['data']).toEqual([
      {
        'v.at.month': '2024-01-01T00:00:00.000',
        'v.at.day': '2024-01-31T10:00:00.500',
        'v.at': '2024-01-31T10:00:00.500',
      },
      { 'v.at.month': null, 'v.at.day': 'infinity', 'v.at': 'infinity' },
    ]);
  });
});

test('an answer echoes the query without what is meant for the inside', async () => {
  const query = {
    measures: ['v.count'],
    limit: 5,
    timezone: 'UTC',
    maskedMembers: [{ member: 'v.x' }],
    cacheMode: 'x',
  };
  const result = await answer({}, buffer([], []), { query, total: null, slowQuery: false, external: undefined });
  expect(result).toEqual({ query: { measures: ['v.count'], limit: 5, timezone: 'UTC' }, slowQuery: false, data: [] });
});

test('a comparison without a range, or a blend without granularity, is an error', async () => {
  const rows = buffer(['v__name'], [['a']]);
  await expect(answer({ queryType: 'compareDateRangeQuery' }, rows)).rejects.toThrow('dateRange');
  await expect(answer({ queryType: 'blendingQuery' }, rows)).rejects.toThrow('granularity');
});

describe('model templates', () => {
  test('pass when they are plain, braces of flow style included', async () => {
    const engine = standIn.newJinjaEngine();
    const text = 'cubes: [{name: a, meta: {b: {c: 1}}}]';
    engine.loadTemplate('a.yml', text);
    expect(await engine.renderTemplate('a.yml')).toBe(text);
  });

  test.each(['{{ x }}', '{% if x %}', '{# x #}'])('with %j are refused by name', async (text) => {
    const engine = standIn.newJinjaEngine();
    engine.loadTemplate('a.yml', text);
    await expect(engine.renderTemplate('a.yml')).rejects.toThrow('a.yml uses Jinja');
  });
});

test('what only the add-on can do says so', () => {
  expect(standIn.isFallbackBuild()).toBe(true);
  expect(() => standIn.buildSqlAndParams()).toThrow('native add-on');
  expect(standIn.redactSqlLiterals("select 'it''s', x")).toBe("select 'redacted', x");
});
