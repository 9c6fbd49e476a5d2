import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const ADA = '11111111-1111-4111-8111-111111111111';
export const BEN = '22222222-2222-4222-8222-222222222222';

/** Writes files into a new folder and hands it over; the folder is removed then. Names ending in .gz are packed. */
export async function withFiles<T>(
  files: Record<string, string | Buffer>,
  run: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'fua-import-'));
  try {
    await mkdir(dir, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await writeFile(
        join(dir, name),
        name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content,
      );
    }
    return await run(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A file of customers with only what is required, or with further columns. */
export function customers(rows: string[], header = 'id,created_at'): string {
  return [header, ...rows, ''].join('\n');
}
