import { relative } from 'node:path';
import schemaCompiler from '@cubejs-backend/schema-compiler';
import shared from '@cubejs-backend/shared';
import { isRole } from '../auth/roles.ts';

interface Policy {
  group?: unknown;
  groups?: unknown;
  conditions?: unknown[];
  memberLevel?: unknown;
  memberMasking?: { includesMembers?: string[] };
}

interface Definition {
  name: string;
  isView?: boolean;
  public?: boolean;
  accessPolicy?: Policy[];
  measures?: Record<string, unknown>;
  preAggregations?: Record<string, { partitionGranularity?: unknown }>;
}

/**
 * Compiles the model and looks for ways around its access policies. Cube itself treats a view without a policy as open
 * to everyone.
 * @param folder the model's folder
 * @returns one sentence per problem; none when the model is sound
 */
export async function lintModel(folder: string): Promise<string[]> {
  const repository = new shared.FileRepository(relative('.', folder));
  const { cubeEvaluator } = await schemaCompiler.compile(repository, { standalone: true });
  return cubeEvaluator.cubeNames().flatMap((name) => {
    const definition = cubeEvaluator.cubeFromPath(name) as unknown as Definition;
    return definition.isView ? lintView(definition) : lintCube(definition);
  });
}

function lintCube({ name, public: isPublic, preAggregations = {} }: Definition): string[] {
  const partitioned = Object.entries(preAggregations).filter(([, { partitionGranularity }]) => partitionGranularity);
  return [
    ...(isPublic === false ? [] : [`Cube ${name} is public: set public: false, views are the public face.`]),
    // One process builds and serves here: a partitioned rollup can then be short of rows while it is being built.
    ...partitioned.map(
      ([rollup]) => `Rollup ${name}.${rollup} is partitioned: it may serve too few rows, leave it whole.`,
    ),
  ];
}

function lintView({ name, public: isPublic, accessPolicy = [], measures = {} }: Definition): string[] {
  if (isPublic === false) return [];
  if (accessPolicy.length === 0) return [`View ${name} has no access policy: everyone could read it.`];
  const groups = accessPolicy.map(({ group }) => group);
  const twice = groups.filter((group, index) => groups.indexOf(group) !== index);
  return [
    ...new Set(twice.map((group) => `View ${name} has several policies for ${String(group)}: write one.`)),
    ...accessPolicy.flatMap((policy) => lintPolicy(name, policy, Object.keys(measures))),
  ];
}

function lintPolicy(view: string, policy: Policy, measures: readonly string[]): string[] {
  const { group, groups, conditions = [], memberLevel, memberMasking } = policy;
  const problems: string[] = [];
  if (groups !== undefined || typeof group !== 'string' || !(group === '*' || isRole(group))) {
    problems.push(`View ${view}: each policy names one known role as its group.`);
  }
  const where = `View ${view}, group ${String(group)}`;
  if (memberLevel === undefined) problems.push(`${where}: say which members are included (member_level).`);
  if (conditions.length > 0) problems.push(`${where}: conditions are not supported, visibility follows roles alone.`);
  const masked = (memberMasking?.includesMembers ?? []).filter((name) => measures.includes(name.split('.')[1] ?? ''));
  for (const name of masked) problems.push(`${where}: ${name} is a masked measure, which loses its aggregation.`);
  return problems;
}
