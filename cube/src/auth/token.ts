import jwt from 'jsonwebtoken';
import { isRole, roles as knownRoles } from './roles.ts';

const defaultLifetime = 3_600;
const longestLifetime = 24 * 3_600;
const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3_600 };

export interface TokenRequest {
  user: string;
  roles: readonly string[];
  /** Name of the payer whose rows the role payer sees; none when left out. */
  payer?: string;
  /** Lifetime in seconds; one hour when left out, a day at most. */
  lifetime?: number;
}

/**
 * Signs a token for Cube's API (HS256, with `sub`, `roles`, `iat`, `exp`, and `payer` where one is given).
 * @throws RangeError naming a missing user, an unknown role, a payer without its role or a lifetime out of range
 */
export function signToken({ user, roles, payer, lifetime = defaultLifetime }: TokenRequest, secret: string): string {
  if (user.trim() === '') throw new RangeError('A token needs a user.');
  if (roles.length === 0) throw new RangeError(`A token needs at least one role: ${knownRoles.join(', ')}.`);
  const unknown = roles.find((role) => !isRole(role));
  if (unknown !== undefined) throw new RangeError(`Unknown role "${unknown}". Known: ${knownRoles.join(', ')}.`);
  if (payer !== undefined && (payer.trim() === '' || !roles.includes('payer'))) {
    throw new RangeError('A token names a payer for the role payer only, and by its name.');
  }
  if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > longestLifetime) {
    throw new RangeError('A token lives between one second and 24 hours.');
  }
  const claims = { roles: [...new Set(roles)], ...(payer !== undefined && { payer }) };
  return jwt.sign(claims, secret, { algorithm: 'HS256', subject: user, expiresIn: lifetime });
}

/**
 * Reads a lifetime such as `90s`, `15m` or `1h`.
 * @returns seconds
 * @throws RangeError for anything else
 */
export function parseLifetime(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const seconds = unitSeconds[unit ?? ''];
  if (amount === undefined || seconds === undefined) {
    throw new RangeError(`Not a lifetime: "${text}". Write it as 90s, 15m or 1h.`);
  }
  return Number(amount) * seconds;
}
