import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Journal } from './journal.ts';

let folder: string;
const opened: Journal[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fua-queue-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  await rm(folder, { recursive: true, force: true });
});

const all = Number.MAX_SAFE_INTEGER;
/** Opened beside one that is not closed, it sees what a killed process would have left. */
async function open(more: { capacity?: number; segmentBytes?: number } = {}): Promise<Journal> {
  const journal = await Journal.open({ folder, capacity: 1_000_000, ...more });
  opened.push(journal);
  return journal;
}

describe('a journal', () => {
  test('keeps the order, also of what is flushed together and of what an earlier process left', async () => {
    const first = await open();
    await Promise.all(['a', 'b', 'c'].map((line) => first.append(line)));
    await first.append('d');
    expect(first.peek(all)).toEqual(['a', 'b', 'c', 'd']);
    const second = await open();
    await second.append('e');
    expect(second.peek(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
    await second.done(5);
    await second.close();
    expect(await readdir(folder)).toEqual([]);
  });

  test('hands out as much as fits, and one entry at least', async () => {
    const journal = await open();
    for (const line of ['12345', '12345', '12345']) await journal.append(line);
    expect([1, 6, 12, 17, 18].map((bytes) => journal.peek(bytes).length)).toEqual([1, 1, 2, 2, 3]);
  });

  test('hands out again after a crash what its file still holds, and nothing of files that are done', async () => {
    const first = await open({ segmentBytes: 3 });
    for (const line of ['a', 'b', 'c']) await first.append(line);
    await first.done(2);
    expect((await open()).peek(all)).toEqual(['a', 'b', 'c']);
    await first.done(1);
    // The file made place for a fresh one.
    expect(await readdir(folder)).toEqual([]);
    await first.append('d');
    expect((await open()).peek(all)).toEqual(['d']);
  });

  test('leaves out a last line that a crash tore, and goes on behind it', async () => {
    await writeFile(join(folder, '0000000007.jsonl'), 'a\nb\nto');
    const journal = await open();
    expect(journal.peek(all)).toEqual(['a', 'b']);
    await journal.append('c');
    expect((await readdir(folder)).sort()).toEqual(['0000000007.jsonl', '0000000008.jsonl']);
    expect((await open()).peek(all)).toEqual(['a', 'b', 'c']);
  });

  test('removes a file that holds nothing but a torn line, and leaves other files alone', async () => {
    await writeFile(join(folder, '0000000001.jsonl'), '{"to');
    await appendFile(join(folder, 'refused.jsonl'), 'kept\n');
    expect((await open()).length).toBe(0);
    expect(await readdir(folder)).toEqual(['refused.jsonl']);
  });

  test('refuses what does not fit, and takes it when there is room again', async () => {
    const journal = await open({ capacity: 10 });
    await journal.append('12345');
    await expect(journal.append('12345')).rejects.toThrow('The queue is full.');
    expect([journal.length, journal.bytes]).toEqual([1, 6]);
    await journal.done(1);
    await journal.append('67890');
    expect(journal.peek(all)).toEqual(['67890']);
  });

  test('refuses while its folder cannot be written, and takes entries again afterwards', async () => {
    const journal = await open();
    await rm(folder, { recursive: true });
    await expect(journal.append('a')).rejects.toThrow('The queue cannot be written.');
    expect([journal.length, journal.bytes]).toEqual([0, 0]);
    await mkdir(folder);
    await journal.append('b');
    expect((await open()).peek(all)).toEqual(['b']);
  });

  test('tells when there is something, and can be woken without', async () => {
    const journal = await open();
    const something = journal.untilNotEmpty();
    await journal.append('a');
    await something;
    await journal.done(1);
    const woken = journal.untilNotEmpty();
    journal.wake();
    await woken;
  });
});
