import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { loadModel, ModelFileError, saveModel, type StoredModel } from '../model/files.ts';
import { sha256 } from '../model/hash.ts';
import { promoteModel, registerModel, servingVersion } from '../registry/registry.ts';
import { calibrationSvg } from './calibration-plot.ts';
import { cardOf, cardPage } from './card.ts';
import { compete } from './compete.ts';
import { readDataset } from './dataset.ts';
import { storeFeatureBins } from './feature-bins.ts';
import { judge, type Verdict } from './promotion.ts';
import type { ModelCard } from '../model/card.ts';

export interface TrainingOptions {
  /** Folder of the model folders. */
  readonly folder: string;
  readonly seed: number;
  readonly withGenotype: boolean;
  /** Aborting it leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Progress in words. */
  readonly log: (line: string) => void;
}

export interface TrainingResult {
  readonly card: ModelCard;
  readonly path: string;
  /** The same data and settings had given the same model before. */
  readonly existed: boolean;
  /** It was this model that served, so that there was nothing to judge. */
  readonly served: boolean;
  readonly verdict: Verdict;
}

/**
 * Trains on all history that the database has, saves and registers the champion, and lets it serve where it is certainly
 * better than what serves.
 * @throws {DataError} where the history does not allow it; the reason of the signal, once it is aborted.
 */
export async function trainFromDatabase(client: ClientBase, options: TrainingOptions): Promise<TrainingResult> {
  const { folder, seed, withGenotype, signal, log } = options;
  const dataset = await readDataset(client, {
    signal,
    onProgress: ({ day, done, total }) => log(`reading ${day} (${done} of ${total} months)`),
  });
  const competition = await compete(dataset, {
    seed,
    withGenotype,
    signal,
    onProgress: (name, { done, total }) => {
      if (done % 100 === 0) log(`training ${name}: ${done} of at most ${total} steps`);
    },
  });
  const card = cardOf(dataset, competition, { seed, withGenotype, now: new Date() });
  log(`${competition.choice.champion} is chosen on the validation rows; comparing it with the model that serves`);
  const serving = await loadServing(client, folder, log);
  const verdict = judge(dataset, competition, serving, seed);
  signal?.throwIfAborted();
  const path = join(folder, card.version);
  const existed = await isIntact(path);
  if (!existed) {
    await setAside(folder, card.version);
    await saveModel(folder, competition.champion.model, card, competition.test.data.features, {
      'card.md': cardPage(card),
      'calibration.svg': calibrationSvg(card.calibrationPlot, `Calibration of ${card.version}`),
    });
  }
  const verify = async () => await loadModel(path);
  const { onnx } = await verify();
  await registerModel(client, {
    version: card.version,
    kind: card.kind,
    usesGenotype: withGenotype,
    firstSnapshot: dataset.snapshots[0].day,
    lastSnapshot: dataset.snapshots[dataset.snapshots.length - 1].day,
    trainingRows: card.trainingRows,
    test: competition.champion.test,
    fileSha256: sha256(onnx),
  });
  const trained = Array.from(competition.known.rows, (row) => dataset.rows[row]);
  await storeFeatureBins(client, card.version, card.features, trained);
  if (verdict.promote) await promoteModel(client, card.version, verdict.reason, verify);
  return { card, path, existed, served: serving?.card.version === card.version, verdict };
}

/** The serving model; null where there is none, or where its files are damaged. */
async function loadServing(
  client: ClientBase,
  folder: string,
  log: (line: string) => void,
): Promise<StoredModel | null> {
  const version = await servingVersion(client);
  if (version === null) return null;
  try {
    return await loadModel(join(folder, version));
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    log(`the model that serves cannot be compared with: ${error.message}`);
    return null;
  }
}

async function isIntact(path: string): Promise<boolean> {
  try {
    await loadModel(path);
    return true;
  } catch (error) {
    if (error instanceof ModelFileError) return false;
    throw error;
  }
}

/** Makes room for a model whose files are damaged: training again restores it. */
async function setAside(folder: string, version: string): Promise<void> {
  try {
    await rename(join(folder, version), join(folder, `.damaged-${version}-${Date.now()}`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
