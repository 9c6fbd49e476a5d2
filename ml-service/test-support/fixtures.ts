import { readFileSync } from 'node:fs';

/** Reads a golden fixture written by oracle/make_fixtures.py. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../oracle/fixtures/${name}`, import.meta.url), 'utf8'));
}
