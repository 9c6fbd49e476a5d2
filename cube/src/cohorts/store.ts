import pg from 'pg';
import { RefusedError } from '../guard/errors.ts';
import type { CohortDefinition } from './definition.ts';

/** More than anyone can choose from. */
const mostCohorts = 500;
const uniqueViolation = '23505';

export interface SavedCohort {
  id: string;
  name: string;
  description: string | null;
  criteria: unknown;
  createdAt: Date;
  createdBy: string | null;
  updatedAt: Date | null;
  updatedBy: string | null;
  version: number;
}

const columns = `id, name, description, filter_criteria as criteria, created_at as "createdAt", created_by as "createdBy",
  updated_at as "updatedAt", updated_by as "updatedBy", version`;

/** Saved cohorts in the table `cohorts`. Each change is one statement: it is there wholly or not at all. */
export class CohortStore {
  readonly #pool: pg.Pool;

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({
      connectionString,
      max: 2,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 5_000,
      application_name: 'cube-cohorts',
    });
    // An idle connection that breaks would otherwise end the process.
    this.#pool.on('error', () => undefined);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async list(): Promise<SavedCohort[]> {
    const { rows } = await this.#pool.query<SavedCohort>(
      `select ${columns} from cohorts where deleted_at is null and customer_ids is null order by lower(name) limit $1`,
      [mostCohorts],
    );
    return rows;
  }

  /** @throws RefusedError 409 when the name is taken or there are too many */
  async create(cohort: CohortDefinition, user: string): Promise<SavedCohort> {
    const row = await this.#change(
      cohort.name,
      `insert into cohorts (name, description, filter_criteria, created_by)
       select $1, $2, $3, $4 where (select count(*) from cohorts where deleted_at is null) < $5
       returning ${columns}`,
      [cohort.name, cohort.description, criteriaOf(cohort), user, mostCohorts],
    );
    return row ?? refuse(409, `There are ${mostCohorts} saved cohorts already: delete one that nobody needs.`);
  }

  /** @throws RefusedError 409 when the name is taken or somebody else has changed the cohort, 404 when it is gone */
  async replace(id: string, version: number, cohort: CohortDefinition, user: string): Promise<SavedCohort> {
    const row = await this.#change(
      cohort.name,
      `update cohorts set name = $1, description = $2, filter_criteria = $3, updated_by = $4, updated_at = now(),
         version = version + 1
       where id = $5 and version = $6 and deleted_at is null and customer_ids is null
       returning ${columns}`,
      [cohort.name, cohort.description, criteriaOf(cohort), user, id, version],
    );
    if (row) return row;
    const present = await this.find(id);
    const by = present.updatedBy ?? present.createdBy ?? 'somebody else';
    return refuse(409, `"${present.name}" has been changed by ${by} in the meantime: load it again.`);
  }

  /** @throws RefusedError 404 when there is no such cohort */
  async find(id: string): Promise<SavedCohort> {
    const { rows } = await this.#pool.query<SavedCohort>(
      `select ${columns} from cohorts where id = $1 and deleted_at is null and customer_ids is null`,
      [id],
    );
    return rows[0] ?? missing();
  }

  /** Marks the cohort as deleted. @throws RefusedError 404 when there is no such cohort */
  async remove(id: string, user: string): Promise<void> {
    const { rowCount } = await this.#pool.query(
      'update cohorts set deleted_at = now(), deleted_by = $2 where id = $1 and deleted_at is null and customer_ids is null',
      [id, user],
    );
    if (rowCount === 0) missing();
  }

  async #change(name: string, sql: string, values: unknown[]): Promise<SavedCohort | undefined> {
    try {
      return (await this.#pool.query<SavedCohort>(sql, values)).rows[0];
    } catch (error) {
      if ((error as { code?: string }).code !== uniqueViolation) throw error;
      return refuse(409, `There is a cohort called "${name}" already: choose another name.`);
    }
  }
}

function criteriaOf({ kind, filters }: CohortDefinition): string {
  return JSON.stringify({ kind, filters });
}

function missing(): never {
  return refuse(404, 'There is no such cohort; it may have been deleted.');
}

function refuse(status: number, message: string): never {
  throw new RefusedError(status, message);
}
