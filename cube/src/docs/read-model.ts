import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isRole, roles as knownRoles, type Role } from '../auth/roles.ts';

/** A member of a view, as its cube defines it. */
export interface DocumentedMember {
  name: string;
  kind: 'measure' | 'dimension' | 'segment';
  title: string;
  definition: string;
  /** Cube's type: sum, count, number, string, time, ... */
  type: string;
  sql: string | undefined;
  filters: string[];
  format: string | undefined;
  unit: string | undefined;
  isSelector: boolean;
  roles: Role[];
}

export interface DocumentedView {
  name: string;
  title: string;
  description: string;
  members: DocumentedMember[];
  /** Roles that see anything of it. */
  roles: Role[];
}

interface CubeMember {
  name: string;
  title?: string;
  description?: string;
  type?: string;
  sql?: string;
  format?: string;
  filters?: { sql: string }[];
  meta?: { unit?: string; selector?: boolean };
}

interface Cube {
  name: string;
  extends?: string;
  measures?: CubeMember[];
  dimensions?: CubeMember[];
  segments?: CubeMember[];
}

interface View {
  name: string;
  title: string;
  description: string;
  cubes: { join_path: string; includes: (string | { name: string; alias?: string })[] | '*' }[];
  access_policy: { group: string; member_level: { includes?: string[] | '*'; excludes?: string[] } }[];
}

const kinds = { measures: 'measure', dimensions: 'dimension', segments: 'segment' } as const;

/** The views of a model folder with all that its files say of their members, in the order of the names. */
export function readModel(folder: string): DocumentedView[] {
  const cubes = new Map(load<Cube>(join(folder, 'cubes'), 'cubes').map((cube) => [cube.name, cube]));
  return load<View>(join(folder, 'views'), 'views')
    .map((view) => documented(view, cubes))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function load<T>(folder: string, key: string): T[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .flatMap((file) => (parse(readFileSync(join(folder, file), 'utf8')) as Record<string, T[]>)[key] ?? []);
}

function documented(view: View, cubes: ReadonlyMap<string, Cube>): DocumentedView {
  const members = view.cubes.flatMap(({ join_path: path, includes }) => {
    const known = membersOf(path.slice(path.lastIndexOf('.') + 1), cubes);
    if (includes === '*') throw new Error(`${view.name} includes members without naming them`);
    return includes.map((item) => {
      const { name, alias = name } = typeof item === 'string' ? { name: item } : item;
      const found = known.get(name);
      if (!found) throw new Error(`${view.name} includes ${name}, which ${path} does not have`);
      return { ...found, name: alias, roles: rolesOf(view, alias) };
    });
  });
  return {
    name: view.name,
    title: view.title,
    description: oneLine(view.description),
    members,
    roles: knownRoles.filter((role) => members.some((member) => member.roles.includes(role))),
  };
}

/** By name; those of a cube that another extends are its own as well. */
function membersOf(name: string, cubes: ReadonlyMap<string, Cube>): Map<string, Omit<DocumentedMember, 'roles'>> {
  const cube = cubes.get(name);
  if (!cube) throw new Error(`There is no cube ${name}`);
  const found =
    cube.extends === undefined ? new Map<string, Omit<DocumentedMember, 'roles'>>() : membersOf(cube.extends, cubes);
  for (const [list, kind] of Object.entries(kinds) as [keyof typeof kinds, 'measure' | 'dimension' | 'segment'][]) {
    for (const member of cube[list] ?? []) {
      const { title = member.name, description = '', type = kind, sql, format, filters = [], meta = {} } = member;
      found.set(member.name, {
        name: member.name,
        kind,
        title,
        definition: oneLine(description),
        type,
        sql: sql === undefined ? undefined : oneLine(sql),
        filters: filters.map((filter) => oneLine(filter.sql)),
        format,
        unit: meta.unit,
        isSelector: meta.selector === true,
      });
    }
  }
  return found;
}

function rolesOf({ access_policy: policies }: View, member: string): Role[] {
  const open = policies.filter(({ member_level: { includes = '*', excludes = [] } }) => {
    return (includes === '*' || includes.includes(member)) && !excludes.includes(member);
  });
  return knownRoles.filter((role) => open.some(({ group }) => isRole(group) && group === role));
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
