import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { isRole, type Role } from './roles.ts';

/** Who is asking, as a verified token says. */
export interface Identity {
  sub: string;
  roles: Role[];
  exp: number;
  /** Name of the payer whose rows the role payer sees; empty for none. */
  payer: string;
}

/** Seconds that clocks may differ by. */
const clockSkew = 60;
/** A day. */
const longestLife = 86_400 + clockSkew;

/** A refused token. The text is for the caller and tells nothing about the secret or the check that failed. */
export class AuthError extends Error {
  readonly status: 401 | 403;

  constructor(status: 401 | 403, message: string) {
    super(message);
    this.name = 'AuthError';
    this.status = status;
  }
}

/** Takes the token from an `Authorization` header, with or without `Bearer`. */
export function tokenFromHeader(header: string | undefined): string | undefined {
  return header?.replace(/^Bearer\s+/i, '').trim() || undefined;
}

/**
 * Verifies signature (HS256 only), expiry, user and roles.
 * @throws AuthError 401 without a valid token, 403 when the token carries no known role
 */
export function verifyToken(token: string | undefined, secret: string): Identity {
  if (token === undefined || token === '') throw new AuthError(401, 'A token is required in the Authorization header.');
  const claims = decode(token, secret);
  const { sub, exp, iat, roles, payer = '' } = claims;
  if (typeof exp !== 'number' || typeof sub !== 'string' || sub === '') {
    throw new AuthError(401, 'The token is not valid: it needs an expiry and a user.');
  }
  if (exp > Date.now() / 1000 + longestLife) {
    throw new AuthError(401, 'The token is not valid: it expires more than a day from now.');
  }
  // The library checks the end of a life, not its beginning.
  if (iat !== undefined && (typeof iat !== 'number' || iat > Date.now() / 1000 + clockSkew)) {
    throw new AuthError(401, 'The token is not valid: it was signed in the future.');
  }
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every(isRole)) {
    throw new AuthError(403, 'The token carries no known role.');
  }
  // A list would match any of its values.
  if (typeof payer !== 'string') throw new AuthError(401, 'The token is not valid: its payer is one name.');
  return { sub, roles, exp, payer };
}

/** Given text, the library first tries to read it as a public key, which takes longer than the verification. */
function keyOf(secret: string): KeyObject {
  let key = keys.get(secret);
  if (!key) keys.set(secret, (key = createSecretKey(Buffer.from(secret))));
  return key;
}
const keys = new Map<string, KeyObject>();

function decode(token: string, secret: string): Partial<Record<keyof Identity | 'iat', unknown>> {
  try {
    const claims = jwt.verify(token, keyOf(secret), { algorithms: ['HS256'] });
    return typeof claims === 'string' ? {} : claims;
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new AuthError(401, 'The token has expired.');
    throw new AuthError(401, 'The token is not valid.');
  }
}
