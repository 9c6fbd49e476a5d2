import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createAtomically, writeAtomically } from './atomic-file.ts';
import { errorCode, UserError } from './user-error.ts';

const NAMES = [
  'postgresPassword',
  'cubeReaderPassword',
  'cohortWriterPassword',
  'auditWriterPassword',
  'churnWriterPassword',
  'alertWriterPassword',
  'alertWebhookSecret',
  'alertWebhookToken',
  'cubeApiSecret',
  'grafanaAdminPassword',
  'grafanaSecretKey',
] as const;

export type Secrets = Record<(typeof NAMES)[number], string>;

/** Shorter ones were not made here. */
const SHORTEST = 16;

/**
 * The secrets of this installation. What is missing is generated once and kept in a private file.
 * @throws UserError when the file cannot be read as what was written
 */
export function loadOrCreateSecrets(path: string): Secrets {
  const present = readSecretsFile(path);
  const generated = NAMES.map((name) => [name, randomBytes(32).toString('hex')] as const);
  const complete = { ...Object.fromEntries(generated), ...present } as Secrets;
  const content = JSON.stringify(complete, undefined, 2) + '\n';
  if (present === undefined) {
    mkdirSync(dirname(path), { recursive: true });
    // Another command may have made the file in the meantime: the first one counts.
    return createAtomically(path, content) ? complete : readSecrets(path);
  }
  chmodSync(path, 0o600);
  if (NAMES.some((name) => present[name] === undefined)) writeAtomically(path, content);
  return complete;
}

/**
 * The secrets of this installation, for a command that must not make any.
 * @throws UserError when there are none yet or the file is damaged
 */
export function readSecrets(path: string): Secrets {
  const present = readSecretsFile(path);
  if (present === undefined) throw new UserError(`There is no ${path} yet: run npm start first.`);
  const missing = NAMES.find((name) => present[name] === undefined);
  if (missing !== undefined) throw new UserError(`${path} has no ${missing} yet: run npm start first.`);
  return present as Secrets;
}

function readSecretsFile(path: string): Partial<Secrets> | undefined {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) !== 'EACCES') throw error;
    throw new UserError(`${path} belongs to another user: run as its owner, or set FUA_DATA_DIR to a folder of yours.`);
  }
  const damaged = new UserError(
    `${path} is damaged. Restore it from a backup; or remove it and run npm run reset, which loses the embedded database.`,
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw damaged;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw damaged;
  const values = new Map(Object.entries(parsed));
  for (const name of NAMES) {
    const value: unknown = values.get(name);
    if (value !== undefined && (typeof value !== 'string' || value.length < SHORTEST)) throw damaged;
  }
  return parsed;
}
