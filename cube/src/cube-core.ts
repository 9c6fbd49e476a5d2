import serverCore, { type CompilerApi, type DbTypeInternalFn } from '@cubejs-backend/server-core';
import type { SchemaFileRepository } from '@cubejs-backend/shared';
import { built } from './rollups/built.ts';
import { shareCompiledSql } from './rollups/compiled.ts';

type Patch = CompilerApi['patchVisibilityByAccessPolicy'];

/**
 * Cube works out anew for every request what each member of the whole model looks like to its caller, a fifth of the time
 * that a query costs. Here that is remembered for each set of roles as long as the compiled model lives: the lint refuses
 * policies with conditions, so that visibility follows roles alone.
 */
class RememberingCompilerApi extends serverCore.CompilerApi {
  readonly #byModel = new WeakMap<object, Map<string, ReturnType<Patch>>>();

  protected override async patchVisibilityByAccessPolicy(...[compilers, context, cubes]: Parameters<Patch>) {
    const byRoles = this.#byModel.get(compilers) ?? new Map<string, ReturnType<Patch>>();
    this.#byModel.set(compilers, byRoles);
    const roles = [...(await this.getGroupsFromContext(context))].sort().join();
    const known = byRoles.get(roles);
    if (known) return known;
    const patched = super.patchVisibilityByAccessPolicy(compilers, context, cubes);
    byRoles.set(roles, patched);
    patched.catch(() => byRoles.delete(roles));
    return patched;
  }
}

/** Cube's server with that memory. */
export class CubeCore extends serverCore.CubejsServerCore {
  protected override createCompilerApi(repository: SchemaFileRepository, options: Record<string, unknown> = {}) {
    // Always among the options where Cube itself calls this.
    const dbType = options['dbType'] as DbTypeInternalFn;
    const compiler = new RememberingCompilerApi(repository, dbType, this.createCompilerApiOptions(options));
    return shareCompiledSql(compiler, () => built.version);
  }
}
