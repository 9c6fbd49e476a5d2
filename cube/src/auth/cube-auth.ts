import { CubejsHandlerError } from '@cubejs-backend/api-gateway';
import { maySeeSql } from './roles.ts';
import { AuthError, tokenFromHeader, verifyToken, type Identity } from './verify.ts';

/** What Cube hands to its hooks; only a verified identity is ever trusted. */
export interface CubeContext {
  securityContext?: Partial<Identity> | null;
}

/** Cube's `checkAuth`: puts the verified identity where Cube looks for it, or answers 401 / 403. */
export function checkAuthWith(secret: () => string) {
  return (request: { securityContext?: Identity }, authorization?: string): void => {
    try {
      request.securityContext = verifyToken(tokenFromHeader(authorization), secret());
    } catch (error) {
      if (error instanceof AuthError) throw new CubejsHandlerError(error.status, 'Forbidden', error.message);
      throw error;
    }
  };
}

/** Who asks over the SQL API; the mark tells the audit record. */
export interface SqlIdentity extends Identity {
  via: 'sql_api';
}

/**
 * Cube's `checkSqlAuth`: the password of a user is a token for that user, so that roles and expiry are the same as over
 * REST and no other password is kept anywhere.
 * @throws Error without a valid token, or with one for another user
 */
export function checkSqlAuthWith(secret: () => string) {
  return (_request: unknown, user: string | null, password?: string | null) => {
    const identity = verifyToken(password ?? undefined, secret());
    if (identity.sub !== user) throw new AuthError(401, 'The token is for another user.');
    const securityContext: SqlIdentity = { ...identity, via: 'sql_api' };
    return Promise.resolve({ password, superuser: false, securityContext });
  };
}

/** The groups of the access policies are the roles of the token. */
export function contextToGroups({ securityContext }: CubeContext): string[] {
  return [...(securityContext?.roles ?? [])];
}

/**
 * Data and its description; GraphQL and jobs show more than access policies allow. The SQL of a query goes to few
 * roles, and only for queries that the guard has let pass.
 */
export function contextToApiScopes(securityContext?: Partial<Identity> | null): ('data' | 'meta' | 'sql')[] {
  return maySeeSql(securityContext?.roles ?? []) ? ['data', 'meta', 'sql'] : ['data', 'meta'];
}
