import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runCommand } from '../run-command.ts';
import { UserError } from '../user-error.ts';

const VERSION = '12.4.2';
const VENDOR = 'https://dl.grafana.com/oss/release';
const PLATFORMS: Partial<Record<string, string>> = {
  'linux-x64': 'linux-amd64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-amd64',
  'darwin-arm64': 'darwin-arm64',
};

export interface DownloadOptions {
  /** Folder that keeps what was downloaded. */
  dir: string;
  signal: AbortSignal;
  /** Where the vendor publishes archives. */
  vendor?: string;
  /** Milliseconds until the vendor's first answer. */
  patience?: number;
  /** Milliseconds for the whole archive. */
  limit?: number;
}

/**
 * The vendor's Grafana of the pinned version: downloaded once, checked against the checksum published beside it.
 * @returns its home folder
 * @throws UserError saying why it could not be had
 */
export async function downloadGrafana(options: DownloadOptions): Promise<string> {
  const { dir, signal, vendor = VENDOR, patience = 5_000, limit = 300_000 } = options;
  const home = join(dir, `grafana-${VERSION}`);
  if (existsSync(home)) return home;
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (platform === undefined) throw new UserError(`there is no archive for ${process.platform} on ${process.arch}`);
  const archive = `grafana-${VERSION}.${platform}.tar.gz`;
  mkdirSync(dir, { recursive: true });
  const work = mkdtempSync(join(dir, 'unfinished-'));
  try {
    const expected = await publishedChecksum(
      `${vendor}/${archive}.sha256`,
      AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    );
    const file = join(work, archive);
    await save(`${vendor}/${archive}`, file, AbortSignal.any([signal, AbortSignal.timeout(limit)]));
    const actual = await checksum(file);
    if (actual !== expected) {
      throw new UserError(`${archive} does not match its published checksum (${actual} instead of ${expected})`);
    }
    const unpacked = join(work, 'unpacked');
    mkdirSync(unpacked);
    const { ok, output } = await runCommand('tar', ['-xzf', file, '-C', unpacked], {
      cwd: work,
      limit: 120_000,
      signal,
    });
    const [top] = readdirSync(unpacked);
    if (!ok || top === undefined) throw new UserError(`${archive} could not be unpacked: ${output}`);
    renameSync(join(unpacked, top), home);
    return home;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function publishedChecksum(url: string, signal: AbortSignal): Promise<string> {
  const text = await (await get(url, signal)).text();
  const [digest] = /^[0-9a-f]{64}\b/i.exec(text.trim()) ?? [];
  if (digest === undefined) throw new UserError(`${url} holds no checksum`);
  return digest.toLowerCase();
}

async function save(url: string, path: string, signal: AbortSignal): Promise<void> {
  const { body } = await get(url, signal);
  if (body === null) throw new UserError(`${url} is empty`);
  await pipeline(Readable.fromWeb(body), createWriteStream(path), { signal });
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    if (signal.aborted) throw new UserError(`${new URL(url).host} did not answer in time`);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new UserError(
      `${new URL(url).host} cannot be reached: ${cause instanceof Error ? cause.message : 'no answer'}`,
    );
  }
  if (!response.ok) throw new UserError(`${url} answers ${response.status}`);
  return response;
}

async function checksum(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
