/** What one caller may use: views, their members, and what is needed to check values. */
export type Catalogue = ReadonlyMap<string, ReadonlyMap<string, Member>>;

export interface Member {
  kind: 'measure' | 'dimension' | 'segment';
  /** Cube's type: string, number, boolean, time, ... */
  type: string;
  /** Granularities of its own, besides the calendar's. */
  granularities: string[];
  /** Chooses what is computed (`meta.selector` in the model) rather than which of the rows are counted. */
  isSelector: boolean;
  /** All that a selector can be set to (`meta.choices`), where the model can say. */
  choices?: readonly (string | number)[];
  /** The choice of a selector that nobody filters (`meta.default`). */
  preset?: string | number;
  /** Its values are the first instants of such periods of the reporting zone (`meta.period`). */
  period?: Period;
  /** None of its values lies after the as-of instant (`meta.until: as_of`). */
  isPast: boolean;
}

export type Period = 'day' | 'week' | 'month';

export function memberOf(catalogue: Catalogue, name: string): Member | undefined {
  return catalogue.get(name.slice(0, name.indexOf('.')))?.get(name);
}

interface MetaItem {
  name: string;
  type?: string;
  isVisible?: boolean;
  granularities?: { name: string }[];
  meta?: {
    selector?: boolean;
    choices?: (string | number)[];
    default?: string | number;
    period?: Period;
    until?: 'as_of';
  };
}

interface MetaCube {
  config: {
    name: string;
    type?: string;
    isVisible?: boolean;
    measures?: MetaItem[];
    dimensions?: MetaItem[];
    segments?: MetaItem[];
  };
}

/** The parts of Cube's compiler that the guard reads. */
export interface Compiler {
  /** Changes whenever the model is compiled anew. */
  compilerId(): Promise<string>;
  metaConfig(context: object, options: object): Promise<unknown>;
}

/** Views only: cubes are never public, whatever a model says. */
export function catalogueOf(cubes: readonly MetaCube[]): Catalogue {
  const views = cubes.filter(({ config }) => config.type === 'view' && config.isVisible !== false);
  return new Map(
    views.map(({ config }) => [
      config.name,
      new Map([
        ...members('measure', config.measures),
        ...members('dimension', config.dimensions),
        ...members('segment', config.segments),
      ]),
    ]),
  );
}

function members(kind: Member['kind'], items: readonly MetaItem[] = []): [string, Member][] {
  return items
    .filter(({ isVisible }) => isVisible === true)
    .map(({ name, type = '', granularities = [], meta }) => [
      name,
      {
        kind,
        type,
        granularities: granularities.map((granularity) => granularity.name),
        isSelector: meta?.selector === true,
        isPast: meta?.until === 'as_of',
        ...(meta?.choices ? { choices: meta.choices } : {}),
        ...(meta?.default === undefined ? {} : { preset: meta.default }),
        ...(meta?.period ? { period: meta.period } : {}),
      },
    ]);
}

/**
 * Remembers the catalogue of each set of roles until the model is compiled anew.
 * What is visible depends on roles alone: the lint refuses policies with conditions.
 */
export class Catalogues {
  #model: string | undefined;
  #byRoles = new Map<string, Promise<Catalogue>>();

  async get(compiler: Compiler, context: { securityContext: { roles: readonly string[] } }): Promise<Catalogue> {
    const model = await compiler.compilerId();
    if (model !== this.#model) {
      this.#byRoles.clear();
      this.#model = model;
    }
    const key = [...context.securityContext.roles].sort().join();
    const known = this.#byRoles.get(key);
    if (known) return known;
    const catalogue = compiler.metaConfig(context, {}).then((cubes) => catalogueOf(cubes as MetaCube[]));
    this.#byRoles.set(key, catalogue);
    catalogue.catch(() => this.#byRoles.delete(key));
    return catalogue;
  }
}
