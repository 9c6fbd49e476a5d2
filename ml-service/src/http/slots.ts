import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';

/** Lets so many pieces of work run at the same time and refuses more, so that heavy ones leave room for the others. */
export class Slots {
  private taken = 0;

  constructor(private readonly most: number) {}

  /** @throws {HttpError} 503 where all are taken */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken >= this.most) {
      throw new HttpError(503, `At most ${this.most} batches run at the same time: try again.`, { retryAfter: 1 });
    }
    this.taken++;
    try {
      return await work();
    } finally {
      this.taken--;
    }
  }
}
