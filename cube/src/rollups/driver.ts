import type { PostgresDriver, PostgresDriverConfiguration } from '@cubejs-backend/postgres-driver';
import { ReaderDriver } from '../reader-driver.ts';

/** Builds rollups on a connection of its own, with more time than a caller's question gets. */
export class DriverWithBuilder extends ReaderDriver {
  readonly #builder: ReaderDriver;

  constructor(config: PostgresDriverConfiguration, builder: PostgresDriverConfiguration) {
    super(config);
    this.#builder = new ReaderDriver(builder);
  }

  override loadPreAggregationIntoTable(...build: Parameters<PostgresDriver['loadPreAggregationIntoTable']>) {
    return this.#builder.loadPreAggregationIntoTable(...build);
  }

  override async release(): Promise<void> {
    await Promise.all([super.release(), this.#builder.release()]);
  }
}
