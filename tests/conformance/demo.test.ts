import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { checkViews } from './support/check-views.ts';
import { checkInvariants } from './support/check-invariants.ts';
import type { DataSet } from './support/data-sets.ts';
import { openDemo } from './support/data-sets.ts';

jest.setTimeout(180_000);

describe('demo data', () => {
  let set: DataSet;
  beforeAll(async () => {
    set = await openDemo();
  });
  afterAll(() => set.stop());

  checkViews(() => set, [undefined, '2025-08-14', '2025-11-30'], ['2025-02-01', '2025-07-31']);
  checkInvariants(() => set);
});
