import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureMatrix } from '../data/matrix.ts';
import type { CalibratedModel } from './calibrated-model.ts';
import type { ModelCard } from './card.ts';
import { sha256 } from './hash.ts';
import { writeOnnx } from './onnx-graph.ts';
import { readOnnx } from './onnx-read.ts';
import { checkParity, type Parity } from './parity.ts';

const formatVersion = 1;
const modelFile = 'model.onnx';
const cardFile = 'model.json';

/** A model folder that cannot be used; the message names the file and what is wrong with it. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** What model.json holds: the card, and what the files must be. */
interface CardFile {
  readonly formatVersion: number;
  readonly card: ModelCard;
  readonly parity: Parity;
  readonly model: { readonly bytes: number; readonly sha256: string };
  /** Of all the above as JSON. */
  readonly sha256: string;
}

export interface StoredModel {
  readonly card: ModelCard;
  readonly parity: Parity;
  readonly model: CalibratedModel;
  /** The ONNX bytes, as verified. */
  readonly onnx: Uint8Array;
}

/**
 * Saves a model as the folder `<folder>/<card.version>`, whole or not at all: its files are written and synced in a
 * temporary folder, which is then renamed.
 * @param sample rows on which graph and trainer must agree
 * @param documents further files for people, by name
 * @returns the new folder
 * @throws {ParityError} where they do not; {ModelFileError} where the version exists already or is no plain name.
 */
export async function saveModel(
  folder: string,
  model: CalibratedModel,
  card: ModelCard,
  sample: FeatureMatrix,
  documents: Readonly<Record<string, string>> = {},
): Promise<string> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(card.version)) {
    throw new ModelFileError(
      `The version "${card.version}" must consist of letters, digits, dots, dashes and underscores.`,
    );
  }
  const onnx = writeOnnx(model);
  const parity = await checkParity(model, onnx, sample);
  const content = { formatVersion, card, parity, model: { bytes: onnx.length, sha256: sha256(onnx) } };
  const json = JSON.stringify({ ...content, sha256: sha256(JSON.stringify(content)) }, null, 2);
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, '.saving-'));
  const target = join(folder, card.version);
  try {
    await writeSynced(join(temporary, modelFile), onnx);
    await writeSynced(join(temporary, cardFile), `${json}\n`);
    for (const [name, content] of Object.entries(documents)) await writeSynced(join(temporary, name), content);
    await syncFolder(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (isCode(error, 'ENOTEMPTY') || isCode(error, 'EEXIST')) {
      throw new ModelFileError(`${target} exists already; a saved model is never overwritten: choose another version.`);
    }
    throw error;
  }
  await syncFolder(folder);
  return target;
}

/**
 * Loads a model folder and verifies both files against their hashes.
 * @throws {ModelFileError} where a file is missing, truncated, changed, or of another format.
 */
export async function loadModel(path: string): Promise<StoredModel> {
  const stored = await loadCard(path);
  const file = join(path, modelFile);
  const onnx = await readOrExplain(file);
  if (onnx.length < stored.model.bytes) {
    throw new ModelFileError(
      `${file} is truncated: ${onnx.length} of ${stored.model.bytes} bytes. Restore it or train again.`,
    );
  }
  if (sha256(onnx) !== stored.model.sha256) {
    throw new ModelFileError(
      `${file} is corrupt: its SHA-256 is not the one in ${cardFile}. Restore it or train again.`,
    );
  }
  return { card: stored.card, parity: stored.parity, model: readOnnx(onnx), onnx };
}

async function loadCard(path: string): Promise<CardFile> {
  const file = join(path, cardFile);
  const text = (await readOrExplain(file)).toString('utf8');
  let stored: CardFile;
  try {
    stored = JSON.parse(text) as CardFile;
  } catch {
    throw new ModelFileError(`${file} is truncated or corrupt: it is not JSON. Restore it or train again.`);
  }
  if (stored.formatVersion !== formatVersion) {
    throw new ModelFileError(
      `${file} has format ${stored.formatVersion}; this version reads format ${formatVersion}. Train again.`,
    );
  }
  const { sha256: expected, ...content } = stored;
  if (sha256(JSON.stringify(content)) !== expected) {
    throw new ModelFileError(`${file} is corrupt: its content does not fit its SHA-256. Restore it or train again.`);
  }
  return stored;
}

async function readOrExplain(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw new ModelFileError(`${file} is missing. Restore it or train again.`);
    throw error;
  }
}

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
