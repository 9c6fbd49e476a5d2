import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** The queue holds as much as it may, or its disk fails: nothing was taken in. */
export class QueueUnavailable extends Error {
  override name = 'QueueUnavailable';
}

/** A file of the queue: one entry a line, only ever appended to. */
interface Segment {
  path: string;
  /** Entries in it that are not done. */
  open: number;
  bytes: number;
}

interface Entry {
  line: string;
  segment: Segment;
}

interface Waiting {
  line: string;
  resolve: () => void;
  reject: (error: Error) => void;
}

export interface JournalOptions {
  folder: string;
  /** Bytes that may wait. */
  capacity: number;
  /** Bytes after which a file whose entries are all done makes place for a fresh one; 1 MB when left out. */
  segmentBytes?: number;
}

/**
 * A queue of texts on disk, first in first out. An entry is on the disk, flushed, before its append resolves; it stays
 * until its segment is done, so that after a crash the newest done ones may be handed out once more. One process at a
 * time may hold a folder.
 */
export class Journal {
  readonly #folder: string;
  readonly #capacity: number;
  readonly #segmentBytes: number;
  readonly #entries: Entry[] = [];
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #number = 0;
  #active: { segment: Segment; handle: FileHandle } | undefined;
  #flushing: Promise<void> | undefined;
  #wake: () => void = () => undefined;

  private constructor({ folder, capacity, segmentBytes = 1_048_576 }: JournalOptions) {
    this.#folder = folder;
    this.#capacity = capacity;
    this.#segmentBytes = segmentBytes;
  }

  /** Opens a folder with what an earlier process left in it. A last line without its end was never acknowledged. */
  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options);
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const names = (await readdir(options.folder)).filter((name) => /^\d{10}\.jsonl$/.test(name)).sort();
    for (const name of names) await journal.#restore(name);
    return journal;
  }

  /** Entries that are not done. */
  get length(): number {
    return this.#entries.length;
  }

  /** Bytes of the entries that are not done, or are being written. */
  get bytes(): number {
    return this.#bytes;
  }

  get isFull(): boolean {
    return this.#bytes >= this.#capacity;
  }

  /**
   * Takes in an entry; those that come while the disk is busy are flushed together.
   * @throws QueueUnavailable when there is no room or the disk refuses
   */
  async append(line: string): Promise<void> {
    const size = sizeOf(line);
    if (this.#bytes + size > this.#capacity) throw new QueueUnavailable('The queue is full.');
    this.#bytes += size;
    const written = new Promise<void>((resolve, reject) => this.#waiting.push({ line, resolve, reject }));
    this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined));
    return written;
  }

  /** The oldest entries that are not done, as many as fit into a number of bytes; one at least, if there is any. */
  peek(mostBytes: number): string[] {
    let bytes = 0;
    const end = this.#entries.findIndex(({ line }) => (bytes += sizeOf(line)) > mostBytes);
    return this.#entries.slice(0, end === -1 ? undefined : Math.max(end, 1)).map(({ line }) => line);
  }

  /** Resolves when there is an entry, or when `wake` is called. */
  async untilNotEmpty(): Promise<void> {
    if (this.#entries.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  wake(): void {
    this.#wake();
  }

  /** Lets go of the oldest entries. */
  async done(count: number): Promise<void> {
    for (const { line, segment } of this.#entries.splice(0, count)) {
      this.#bytes -= sizeOf(line);
      segment.open--;
      if (segment.open === 0 && segment !== this.#active?.segment) await remove(segment);
    }
    const active = this.#active;
    if (active && active.segment.open === 0 && active.segment.bytes > this.#segmentBytes && !this.#flushing) {
      await this.#retire(active);
    }
  }

  /** Writes what is waiting and closes; the folder is empty when everything was done. */
  async close(): Promise<void> {
    await this.#flushing;
    if (this.#active) await this.#retire(this.#active);
  }

  async #restore(name: string): Promise<void> {
    const path = join(this.#folder, name);
    const content = await readFile(path, 'utf8');
    const lines = content
      .slice(0, content.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
    const segment: Segment = { path, open: lines.length, bytes: Buffer.byteLength(content) };
    this.#number = Number.parseInt(name, 10);
    for (const line of lines) {
      this.#entries.push({ line, segment });
      this.#bytes += sizeOf(line);
    }
    if (lines.length === 0) await remove(segment);
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        const { segment, handle } = (this.#active ??= await this.#begin());
        const bytes = Buffer.from(batch.map(({ line }) => `${line}\n`).join(''));
        await handle.appendFile(bytes);
        await handle.datasync();
        segment.bytes += bytes.length;
        segment.open += batch.length;
        for (const { line, resolve } of batch) {
          this.#entries.push({ line, segment });
          resolve();
        }
        this.#wake();
      } catch (error) {
        for (const { line, reject } of batch) {
          this.#bytes -= sizeOf(line);
          reject(new QueueUnavailable('The queue cannot be written.', { cause: error }));
        }
        // What this left in the file is unknown: the next entry goes to a fresh one.
        const failed = this.#active;
        this.#active = undefined;
        await failed?.handle.close().catch(() => undefined);
        if (failed?.segment.open === 0) await remove(failed.segment).catch(() => undefined);
      }
    }
  }

  async #begin(): Promise<{ segment: Segment; handle: FileHandle }> {
    this.#number++;
    const path = join(this.#folder, `${String(this.#number).padStart(10, '0')}.jsonl`);
    const handle = await open(path, 'ax', 0o600);
    try {
      // A new file is only found again after a crash when its folder was flushed, too.
      const folder = await open(this.#folder, 'r');
      await folder.sync().finally(() => folder.close());
    } catch (error) {
      await handle.close();
      throw error;
    }
    return { segment: { path, open: 0, bytes: 0 }, handle };
  }

  async #retire({ segment, handle }: { segment: Segment; handle: FileHandle }): Promise<void> {
    this.#active = undefined;
    await handle.close();
    if (segment.open === 0) await remove(segment);
  }
}

async function remove({ path }: Segment): Promise<void> {
  await rm(path, { force: true });
}

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}
