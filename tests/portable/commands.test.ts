import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { startShop, withRollups, type Shop } from './shop.ts';

// Generous, because test files share the machine.
jest.setTimeout(60_000);

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const secret = 'a-secret-of-this-test-a-secret-of-this-test';
let shop: Shop;
let dataDir: string;

beforeAll(async () => {
  shop = await startShop({ CUBEJS_API_SECRET: secret, ...withRollups });
  // What a running stack leaves behind, and the commands read.
  dataDir = await mkdtemp(join(tmpdir(), 'fua-data-'));
  await writeFile(join(dataDir, 'secrets.json'), JSON.stringify({ cubeApiSecret: secret }));
  await writeFile(join(dataDir, 'run.json'), JSON.stringify({ cube: { url: shop.cube.url, pid: shop.cube.pid } }));
}, 90_000);
afterAll(async () => {
  await shop.stop();
  await rm(dataDir, { recursive: true });
}, 30_000);

interface Finished {
  code: number | string;
  stdout: string;
  stderr: string;
}

function run(command: 'token' | 'query', args: string[], env: Record<string, string> = {}): Promise<Finished> {
  const script = join(root, 'cube', 'src', 'cli', `${command}.ts`);
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', script, ...args],
      { cwd: root, env: { PATH, HOME, FUA_DATA_DIR: dataDir, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr }),
    );
  });
}

describe('token', () => {
  test('prints a token that Cube accepts, and nothing else', async () => {
    const { code, stdout, stderr } = await run('token', [
      '--role',
      'marketing',
      '--role',
      'payer',
      '--user',
      'eve',
      '--ttl',
      '5m',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const claims = jwt.verify(stdout.trim(), secret) as jwt.JwtPayload;
    expect(claims).toMatchObject({ sub: 'eve', roles: ['marketing', 'payer'] });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    expect((await shop.cube.get('meta', stdout.trim())).status).toBe(200);
  });

  test.each([
    [[], 'needs a user'],
    [['--user', 'eve'], 'at least one role'],
    [['--user', 'eve', '--role', 'root'], 'Unknown role "root"'],
    [['--user', 'eve', '--role', 'payer', '--ttl', '25h'], '24 hours'],
    [['--user', 'eve', '--role', 'payer', '--ttl', 'soon'], 'Not a lifetime'],
    [['--colour', 'red'], 'Unknown option'],
  ])('%j shows the usage', async (args, message) => {
    const { code, stdout, stderr } = await run('token', args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('npm run token --');
  });

  test('says what to do when nothing was started yet', async () => {
    const { code, stderr } = await run('token', ['--role', 'payer', '--user', 'eve'], { FUA_DATA_DIR: '/nowhere' });
    expect([code, stderr]).toEqual([
      1,
      'There is no secret to sign with yet. Run npm start once, or set CUBEJS_API_SECRET.\n',
    ]);
  });
});

describe('query', () => {
  const byDay = JSON.stringify({
    measures: ['sales.count', 'sales.revenue'],
    timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'day', dateRange: ['2024-01-01', '2024-01-02'] }],
  });

  test('shows a table with titles, numbers, rows, time and source', async () => {
    const { code, stdout } = await run('query', [byDay]);
    expect(code).toBe(0);
    expect(stdout).toContain('│ Ordered at │ Count │ Revenue │');
    expect(stdout).toContain('│ 2024-01-02 │    24 │  876.00 │');
    expect(stdout).toMatch(/^2 rows in \d+ ms, from rollup orders\.by_day$/m);
  });

  test('says when raw tables answered, and when there may be more', async () => {
    const { stdout } = await run('query', ['{"dimensions":["sales.status"],"limit":1}']);
    expect(stdout).toMatch(/^1 row in \d+ ms, from raw tables$/m);
    expect(stdout).toContain('there may be more');
  });

  test('prints JSON when asked', async () => {
    const { stdout } = await run('query', ['{"measures":["sales.count"]}', '--json']);
    expect(JSON.parse(stdout)).toEqual([{ 'sales.count': '240' }]);
  });

  test('compares periods in one table', async () => {
    const { code, stdout } = await run('query', [
      '{"measures":["sales.count"],"timeDimensions":[{"dimension":"sales.ordered_at","compareDateRange":[["2024-01-01","2024-01-01"],["2024-01-02","2024-01-03"]]}]}',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 rows');
    expect(stdout).toContain('48');
  });

  test('looks with the eyes of the role', async () => {
    const { code, stderr } = await run('query', ['{"measures":["sales.revenue"]}', '--role', 'marketing']);
    expect(code).toBe(1);
    expect(stderr).toContain('"sales.revenue" does not exist or is not available to your role');
  });

  test.each([
    [[], 'The query is missing'],
    [['{oops'], 'not valid JSON'],
    [['{}', '{}'], 'One query at a time'],
    [['{"measures":["sales.count"]}', '--role', 'root'], 'Unknown role'],
  ])('%j shows the usage', async (args, message) => {
    const { code, stderr } = await run('query', args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('npm run query --');
  });

  test('says that Cube is not there, or not running', async () => {
    const query = '{"measures":["sales.count"]}';
    const away = await run('query', [query], { CUBE_URL: 'http://127.0.0.1:1' });
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining('did not answer')]);
    const never = await run('query', [query], { FUA_DATA_DIR: '/nowhere', CUBEJS_API_SECRET: secret });
    expect(never.stderr).toContain('Cube is not running. Start it with npm start');
  });
});
