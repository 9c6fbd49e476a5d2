import { join, resolve } from 'node:path';
import { UserError } from './user-error.ts';

/** Where everything listens: nothing is reachable from other machines. */
export const HOST = '127.0.0.1';

/** The repository's root folder. */
export const ROOT = resolve(import.meta.dirname, '..', '..');

export interface Ports {
  postgres: number;
  cube: number;
  churn: number;
  alerts: number;
  grafana: number;
  workbench: number;
}

export const PORT_VARIABLES = {
  postgres: 'POSTGRES_PORT',
  cube: 'CUBE_PORT',
  churn: 'ML_PORT',
  alerts: 'ALERT_PORT',
  grafana: 'GRAFANA_PORT',
  workbench: 'WORKBENCH_PORT',
} as const;

export interface StackConfig {
  /** Folder of everything that the stack keeps between runs. */
  dataDir: string;
  ports: Ports;
  /** Connection of the user's own database; the embedded one serves without it. */
  databaseUrl: string | undefined;
  /** Connection that Cube reads with, where the user made the role. */
  cubeDatabaseUrl: string | undefined;
  /** Connection that the churn service reads and records with, where the user made the role. */
  churnDatabaseUrl: string | undefined;
  /** Size of the demo data; undefined leaves an empty database empty. */
  demo: { customers: number; months: number; seed: number } | undefined;
  churn: { wanted: boolean };
  grafana: { wanted: boolean; home: string | undefined };
}

/**
 * The settings of the stack from the environment.
 * @throws UserError naming the variable whose value cannot be used
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): StackConfig {
  const ports = {
    postgres: port(env, 'POSTGRES_PORT', 5439),
    cube: port(env, 'CUBE_PORT', 4000),
    churn: port(env, 'ML_PORT', 4100),
    alerts: port(env, 'ALERT_PORT', 4200),
    grafana: port(env, 'GRAFANA_PORT', 3000),
    workbench: port(env, 'WORKBENCH_PORT', 4300),
  };
  if (new Set(Object.values(ports)).size < Object.keys(ports).length) {
    throw new UserError(`${Object.values(PORT_VARIABLES).join(', ')} must differ from each other.`);
  }
  const demo = onOff(env, 'FUA_DEMO')
    ? {
        customers: wholeNumber(env, 'FUA_DEMO_CUSTOMERS', 5_000, 1, 10_000_000),
        months: wholeNumber(env, 'FUA_DEMO_MONTHS', 24, 1, 240),
        seed: wholeNumber(env, 'FUA_DEMO_SEED', 42, 0, 2 ** 31 - 1),
      }
    : undefined;
  return {
    dataDir: dataDir(env),
    ports,
    databaseUrl: url(env, 'DATABASE_URL'),
    cubeDatabaseUrl: url(env, 'CUBE_DATABASE_URL'),
    churnDatabaseUrl: url(env, 'ML_DATABASE_URL'),
    demo,
    churn: { wanted: onOff(env, 'FUA_ML') },
    grafana: { wanted: onOff(env, 'FUA_GRAFANA'), home: text(env, 'GRAFANA_HOME') },
  };
}

/** The folder of secrets, the embedded database, logs and the record of what runs. */
export function dataDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(ROOT, text(env, 'FUA_DATA_DIR') ?? '.data');
}

/** Paths inside the state folder. */
export function statePaths(dir: string) {
  return {
    secrets: join(dir, 'secrets.json'),
    run: join(dir, 'run.json'),
    lock: join(dir, 'stack.lock'),
    postgres: join(dir, 'postgres'),
    alertQueue: join(dir, 'alert-queue'),
    grafana: join(dir, 'grafana'),
    downloads: join(dir, 'downloads'),
    logs: join(dir, 'logs'),
    models: join(dir, 'models'),
  };
}

function text(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const value = text(env, name);
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UserError(`${name} must be a whole number from ${least} to ${most}, not "${value}".`);
  }
  return number;
}

function port(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  return wholeNumber(env, name, fallback, 1, 65_535);
}

function onOff(env: NodeJS.ProcessEnv, name: string): boolean {
  const value = text(env, name) ?? 'on';
  if (value !== 'on' && value !== 'off') throw new UserError(`${name} must be on or off, not "${value}".`);
  return value === 'on';
}

function url(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  // The value may hold a password: it is never repeated.
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol)) {
    throw new UserError(`${name} is not a Postgres URL such as postgres://user:password@host:5432/database.`);
  }
  return value;
}
