import { describe, expect, test } from '@jest/globals';
import type { AuditEntry } from '../audit/entries.ts';
import { onSqlApiQuery } from '../audit/sql-api.ts';
import { queryRewrite } from './rewrite.ts';

describe('the second line', () => {
  test('lets a query of one view through as it is', () => {
    const query = {
      measures: ['v.a'],
      timeDimensions: [{ dimension: 'v.t' }],
      filters: [{ or: [{ member: 'v.b' }, { and: [{ dimension: 'v.c' }] }] }],
    };
    expect(queryRewrite(query)).toBe(query);
  });

  test.each<[string, Parameters<typeof queryRewrite>[0]]>([
    ['an expression', { measures: [{ expression: ['return 1'], cubeName: 'v', name: 'x' }] }],
    ['an expression as text', { measures: ['{"cubeName":"v"}'] }],
    ['a name with a prototype', { dimensions: ['v.constructor.prototype'] }],
    ['another view in a filter', { measures: ['v.a'], filters: [{ or: [{ member: 'w.b' }] }] }],
    ['another view in a segment', { measures: ['v.a'], segments: ['w.s'] }],
    ['another view in a time dimension', { measures: ['v.a'], timeDimensions: [{ dimension: 'w.t' }] }],
    ['a filter without a member', { measures: ['v.a'], filters: [{}] }],
  ])('refuses %s', (_what, query) => {
    expect(() => queryRewrite(query)).toThrow(expect.objectContaining({ type: 'UserError' }));
  });

  test('records what comes over the SQL API, which the guard does not see', () => {
    const seen: AuditEntry[] = [];
    onSqlApiQuery((entries) => void seen.push(...entries));
    const query = { measures: ['v.a'], filters: [{ member: 'v.b', operator: 'equals', values: ['secret'] }] };
    const securityContext = { sub: 'ada', roles: ['analyst' as const] };
    queryRewrite(query, { securityContext });
    expect(seen).toEqual([]);
    queryRewrite(query, { securityContext: { ...securityContext, via: 'sql_api' } as typeof securityContext });
    expect(seen).toMatchObject([
      { user: 'ada', roles: ['analyst'], source: 'sql_api', action: 'load', view: 'v', members: ['v.a', 'v.b'] },
    ]);
    expect(JSON.stringify(seen)).not.toContain('secret');
  });
});
