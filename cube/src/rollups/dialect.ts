import type { PreAggregationDescription } from '@cubejs-backend/query-orchestrator';
import { PostgresQuery } from '@cubejs-backend/schema-compiler';
import { rollupSchema } from './built.ts';

interface Match {
  cube: string;
  canUsePreAggregation: boolean;
}

/** What a query says about rollups. */
export interface RollupOptions {
  /** Asks how a rollup is made, so that it can be. */
  isBuild?: boolean;
  /** Asks for SQL that somebody reads: from the tables, since that of a rollup says nothing of what a figure means. */
  isForReading?: boolean;
}

/** What of Cube's choice of rollups is private to it. */
interface Choice {
  /** Rollups of measures by dimensions. */
  rollupMatchResults(): Match[];
  /** The stored rows of a cube: Cube takes them whatever the query filters, even where the cube's SQL listens to that. */
  findPreAggregationToUseForCube(cube: string): Match | null;
  preAggregationDescriptionFor(cube: string, match: Match): PreAggregationDescription & { sql?: [string, unknown[]] };
}

/**
 * Cube's SQL for Postgres with three differences: only rollups that are there serve a query; a cube's stored rows serve
 * none that chooses others, such as those of an as-of in the past; and a count that a rollup serves is 0, not null, where
 * no row matches.
 * @param isBuilt whether a rollup of exactly this SQL is there
 * @param renewal seconds after which it is asked again whether a rollup's data has changed; left out, as the model says
 */
export function dialectWith(
  isBuilt: (rollup: PreAggregationDescription) => boolean,
  renewal?: number,
): typeof PostgresQuery {
  return class extends PostgresQuery {
    override newPreAggregations() {
      const all = super.newPreAggregations();
      const choice = all as unknown as Choice;
      const { isBuild, isForReading } = this.options as RollupOptions;
      if (isBuild) return all;
      const isThere = (match: Match) =>
        !isForReading && isBuilt(choice.preAggregationDescriptionFor(match.cube, match));

      const matches = choice.rollupMatchResults.bind(choice);
      choice.rollupMatchResults = () => matches().filter((match) => match.canUsePreAggregation && isThere(match));

      const rowsOf = choice.findPreAggregationToUseForCube.bind(choice);
      const known = new Map<string, Match | null>();
      choice.findPreAggregationToUseForCube = (cube) => {
        // What is built rests on the tables alone.
        if ((this.safeEvaluateSymbolContext() as { preAggregationQuery?: boolean }).preAggregationQuery) return null;
        let rows = known.get(cube);
        if (rows === undefined) {
          rows = rowsOf(cube);
          if (rows && !(this.#asksFor(choice.preAggregationDescriptionFor(cube, rows), cube) && isThere(rows)))
            rows = null;
          known.set(cube, rows);
        }
        return rows;
      };
      return all;
    }

    /** Whether this query would read the cube's rows by the same SQL that they were stored by, without any choice of its own. */
    #asksFor({ sql }: { sql?: [string, unknown[]] }, cube: string): boolean {
      const { sql: make } = this.cubeEvaluator.cubeFromPath(cube) as unknown as { sql: () => string };
      const own = this.evaluateSymbolSqlWithContext((): unknown => this.evaluateSql(cube, make, {}), {
        preAggregationQuery: true,
      }) as string;
      return JSON.stringify(this.paramAllocator.buildSqlAndParams(own, false, false)) === JSON.stringify(sql);
    }

    /** Within other SQL, a table of rows has to be a query as well. */
    override cubeSql(cube: string) {
      const sql = super.cubeSql(cube) as string;
      return sql.startsWith(`${rollupSchema}.`) ? `(select * from ${sql})` : sql;
    }

    override refreshKeyRenewalThresholdForInterval(...interval: [object, boolean?]) {
      return renewal ?? super.refreshKeyRenewalThresholdForInterval(...interval);
    }

    override aggregateOnGroupedColumn(symbol: { type: string }, ...rest: [string, boolean, string]) {
      const sql = super.aggregateOnGroupedColumn(symbol, ...rest) as string | undefined;
      return symbol.type === 'count' && sql !== undefined ? `coalesce(${sql}, 0)::bigint` : sql;
    }
  };
}
