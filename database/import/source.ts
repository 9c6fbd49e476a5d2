import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from '../contract/connection.ts';
import { errorCode } from '../contract/error-code.ts';

const CHUNK = 256 * 1024;

/** A stream of a file's bytes, unpacked when it is gzip (whatever its name). */
export async function openFile(path: string): Promise<Readable> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  if (!(await isGzip(path))) return file;
  const unpacked = createGunzip({ chunkSize: CHUNK });
  file.on('error', (error) => unpacked.destroy(error));
  unpacked.on('close', () => file.destroy());
  return file.pipe(unpacked);
}

/** A stream of a file's bytes after the first ones. */
export async function openFileFrom(path: string, skip: number): Promise<Readable> {
  const source = await openFile(path);
  return Readable.from(withoutFirst(source, skip), { objectMode: false, highWaterMark: CHUNK });
}

async function* withoutFirst(source: AsyncIterable<Buffer>, skip: number): AsyncGenerator<Buffer> {
  let left = skip;
  for await (const chunk of source) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Says in plain words why a file could not be read; undefined when the error is about something else. */
export function explainFileError(error: unknown, file: string): CommandError | undefined {
  const code = errorCode(error) ?? '';
  if (code.startsWith('Z_')) return new CommandError(`${file}: the gzip file is damaged or cut off.`, { cause: error });
  if (code === 'EACCES') return new CommandError(`${file}: no right to read it.`, { cause: error });
  if (code === 'EIO') return new CommandError(`${file}: the disk failed while reading it.`, { cause: error });
  return undefined;
}
