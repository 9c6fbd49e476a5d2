import type { CompilerApi } from '@cubejs-backend/server-core';
import type { Identity } from '../auth/verify.ts';
import type { RollupOptions } from './dialect.ts';

type Query = Parameters<CompilerApi['getSql']>[0];

/**
 * Lets Cube remember the SQL of a query for all who may ask it, as long as the same rollups are there. Cube itself
 * remembers it for one token: compiling takes longer than asking a rollup.
 * @param version changes whenever another rollup may serve a query
 */
export function shareCompiledSql(compiler: CompilerApi, version: () => number): CompilerApi {
  const getSql = compiler.getSql.bind(compiler);
  compiler.getSql = (query, options) => {
    const { contextSymbols } = query as { contextSymbols?: { securityContext?: Partial<Identity> } };
    // Of who asks, what the policies may look at; the rest differs from token to token.
    const { roles, payer } = contextSymbols?.securityContext ?? {};
    const isBuild = options?.preAggregationsOnly === true;
    const rollups: RollupOptions & { version?: number } = isBuild
      ? { isBuild }
      : { version: version(), isForReading: isForReading(options) };
    return getSql({ ...query, contextSymbols: { securityContext: { roles, payer } }, ...rollups } as Query, options);
  };
  return compiler;
}

/** Cube names this option where it answers with the SQL of a query (`POST sql`), and only there. */
function isForReading(options: Parameters<CompilerApi['getSql']>[1]): boolean {
  return options !== undefined && 'exportAnnotatedSql' in options && !options.exportAnnotatedSql;
}
