import {
  getStructureVersion,
  tablesToVersionEntries,
  type PreAggregationDescription,
} from '@cubejs-backend/query-orchestrator';
import type pg from 'pg';

export const rollupSchema = 'rollups';

/** The rollups that lie in the database, whole. Until one does, the tables answer in its place and nobody waits for it. */
export class BuiltRollups {
  #known = new Set<string>();
  /** Changes with every rollup that comes or goes. */
  version = 0;

  /** Takes in what the database holds now. */
  async look(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ table_name: string }>(
      'select tablename as table_name from pg_tables where schemaname = $1',
      [rollupSchema],
    );
    const entries = tablesToVersionEntries(rollupSchema, rows);
    const known = new Set(entries.map((entry) => `${entry.table_name} ${entry.structure_version}`));
    if (known.size === this.#known.size && [...known].every((name) => this.#known.has(name))) return;
    this.#known = known;
    this.version += 1;
  }

  /** Whether there is a table of the rollup as the model defines it now, in the zone that is asked for. */
  has(rollup: PreAggregationDescription): boolean {
    return this.#known.has(`${rollup.tableName} ${getStructureVersion(rollup)}`);
  }
}

/** Those of this process's database. */
export const built = new BuiltRollups();
