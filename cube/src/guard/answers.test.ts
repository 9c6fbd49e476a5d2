import { expect, jest, test } from '@jest/globals';
import type { Response } from 'express';
import { sendInternalError } from './answers.ts';

test.each([
  ['invalid input syntax for type bigint: "0.5"', 400, 'does not fit its member'],
  ['Invalid query format: "filters[1]" does not match any of the allowed types', 400, 'cannot be read'],
  ['canceling statement due to statement timeout', 504, 'took too long'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 503, 'cannot be reached'],
  ['relation "secret_table" does not exist', 500, 'The query failed'],
])('%s answers %i in words of its own', (text, expected, words) => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let sent: { error?: string; errorId?: string } = {};
  const status = jest.fn();
  const response = { status } as unknown as Response;
  const json = ((body: typeof sent) => {
    sent = body;
    return response;
  }) as Response['json'];
  sendInternalError(response, json, new Error(text));
  expect(status).toHaveBeenCalledWith(expected);
  expect(sent.error).toContain(words);
  expect(sent.error).not.toContain(text);
  expect(sent.errorId).toMatch(/^[0-9a-f-]{36}$/);
  jest.restoreAllMocks();
});
