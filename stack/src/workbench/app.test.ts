import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Query } from '@cubejs-client/core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workbenchApp } from './app.ts';

const asked: Query[] = [];
const pages = mkdtempSync(join(tmpdir(), 'fua-workbench-'));
let server: Server;
let address: string;

beforeAll(async () => {
  writeFileSync(join(pages, 'index.html'), '<title>Panel workbench</title>');
  writeFileSync(join(pages, 'main.abc.js'), '1');
  const app = workbenchApp(pages, (query) => {
    asked.push(query);
    return query.measures?.[0] === 'revenue.secret'
      ? Promise.reject(new Error('revenue.secret is not a member.'))
      : Promise.resolve({
          rows: [{ 'revenue.mrr': '10' }],
          columns: [{ key: 'revenue.mrr' }],
          rollups: [],
          mayBeCut: false,
        });
  });
  server = await new Promise((resolve) => {
    const started = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(pages, { recursive: true });
});

const load = (body: string, type = 'application/json') =>
  fetch(`${address}/cube/load`, { method: 'POST', body, headers: { 'Content-Type': type } });

test('serves the page fresh, and bundles for good', async () => {
  const page = await fetch(`${address}/`);
  expect(await page.text()).toBe('<title>Panel workbench</title>');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const bundle = await fetch(`${address}/main.abc.js`);
  expect(bundle.headers.get('cache-control')).toBe('public, max-age=2592000, immutable');
});

test('passes a question on to Cube and gives rows and columns back', async () => {
  const answer = await load('{"query":{"measures":["revenue.mrr"]}}');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ rows: [{ 'revenue.mrr': '10' }], columns: [{ key: 'revenue.mrr' }] });
  expect(asked.at(-1)).toEqual({ measures: ['revenue.mrr'] });
});

test("tells Cube's refusal in its words", async () => {
  const answer = await load('{"query":{"measures":["revenue.secret"]}}');
  expect([answer.status, await answer.json()]).toEqual([502, { error: 'revenue.secret is not a member.' }]);
});

test.each([
  ['no question', '{}', 'application/json', 400],
  ['a list', '{"query":[]}', 'application/json', 400],
  ['broken JSON', '{"query":', 'application/json', 400],
  // What a form of another site can send without asking first.
  ['a form', '{"query":{}}', 'text/plain', 400],
])('refuses %s', async (_what, body, type, status) => {
  const before = asked.length;
  const answer = await load(body, type);
  expect(answer.status).toBe(status);
  expect(asked).toHaveLength(before);
});

test('answers nobody who came by another name', async () => {
  const { port } = server.address() as AddressInfo;
  const status = await new Promise((resolve) => {
    request({ host: '127.0.0.1', port, headers: { Host: 'elsewhere.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(403);
});
