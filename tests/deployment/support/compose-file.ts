import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export const ROOT = resolve(import.meta.dirname, '..', '..', '..');

export interface ComposeService {
  image: string;
  build?: { context: string; dockerfile: string; args?: Record<string, string> };
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  networks: string[];
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string; required?: boolean }>;
  healthcheck?: { test: string[] };
  restart?: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  cpus?: number;
  pids_limit?: number;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, null>;
  secrets: Record<string, { file: string }>;
}

/** The Compose file as Compose sees it: anchors merged, variables replaced by their values or defaults. */
export function readComposeFile(env: Record<string, string> = {}): ComposeFile {
  const parsed: unknown = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });
  const file = interpolate(parsed, env) as ComposeFile;
  for (const service of Object.values(file.services)) passOn(service, env);
  return file;
}

/** The names of the variables that the Compose file asks its caller for. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\$\{(\w+):-[^}]*\}/g)].map(([, name = '']) => name))];
}

function interpolate(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{(\w+):-([^}]*)\}/g, (_all, name: string, fallback: string) => env[name] || fallback);
  }
  if (Array.isArray(value)) return value.map((inner) => interpolate(inner, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, interpolate(inner, env)]));
}

/** A variable without a value is passed on from the caller, and not set where the caller has none. */
function passOn(service: ComposeService, env: Record<string, string>): void {
  for (const [name, value] of Object.entries(service.environment ?? {}) as [string, string | null][]) {
    if (value !== null || !service.environment) continue;
    if (env[name] === undefined) Reflect.deleteProperty(service.environment, name);
    else service.environment[name] = env[name];
  }
}

/** The lines NAME=value of a file for `--env-file`. */
export function readEnvFile(path: string): Record<string, string> {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  return Object.fromEntries(
    lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
}

/** Services that run without any profile, in the order of the file. */
export function servicesWithout(file: ComposeFile): string[] {
  return Object.entries(file.services).flatMap(([name, { profiles }]) => (profiles === undefined ? [name] : []));
}
