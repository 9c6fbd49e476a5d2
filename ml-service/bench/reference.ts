import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LabelledData } from '../src/data/matrix.ts';
import { splitFold } from '../src/evaluation/folds.ts';
import type { Predictions } from './quality.ts';
import type { Protocol } from './recipes.ts';

export interface ReferenceSpeed {
  readonly training: Record<string, { wall: number; cpu: number; auc: number }>;
  readonly scoring: Record<string, { rowsPerSecond: number; rowsPerCpuSecond: number }>;
  /** Seconds. */
  readonly explaining: { wallPerRow: number; cpuPerRow: number };
}

export interface ReferenceResult {
  /** By protocol and model. */
  readonly quality: Record<string, Record<string, Predictions>>;
  readonly speed: ReferenceSpeed;
}

export interface ReferenceJob {
  readonly quality: { readonly data: LabelledData; readonly protocols: readonly Protocol[] } | null;
  readonly train: LabelledData;
  readonly test: LabelledData;
  readonly onnx: Uint8Array;
  /** Rows to explain. */
  readonly explained: number;
}

const python = process.env['PYTHON'] ?? 'python3';
const packages = 'import lightgbm, onnxruntime, shap, sklearn';

/** Whether the Python named by PYTHON (else python3) has what the comparison needs. */
export function hasReference(): boolean {
  try {
    execFileSync(python, ['-c', packages], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs reference.py on the same data, in one thread. */
export async function runReference(job: ReferenceJob): Promise<ReferenceResult> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-bench-'));
  try {
    await writeJob(folder, job);
    const script = fileURLToPath(new URL('reference.py', import.meta.url));
    const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' };
    await promisify(execFile)(python, [script, folder], { env: { ...process.env, ...oneThread }, maxBuffer: 1 << 26 });
    return await readResult(folder, job);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeData(folder: string, name: string, { features, labels }: LabelledData) {
  await writeFile(join(folder, `${name}.f32`), features.values);
  await writeFile(join(folder, `${name}.u8`), labels);
  return { features: `${name}.f32`, labels: `${name}.u8`, columns: features.names.length };
}

async function writeJob(folder: string, job: ReferenceJob): Promise<void> {
  const quality = [];
  for (const [i, protocol] of (job.quality?.protocols ?? []).entries()) {
    if (job.quality === null) continue;
    await writeFile(join(folder, `folds-${i}.u8`), protocol.foldOf);
    const part = await writeData(folder, 'quality', job.quality.data);
    quality.push({
      ...part,
      name: `protocol-${i}`,
      folds: `folds-${i}.u8`,
      evaluated: protocol.evaluated,
      compared: protocol.compared ?? null,
    });
  }
  await writeFile(join(folder, 'model.onnx'), job.onnx);
  const speed = {
    train: await writeData(folder, 'train', job.train),
    test: await writeData(folder, 'test', job.test),
    onnx: 'model.onnx',
    explained: job.explained,
  };
  await writeFile(join(folder, 'job.json'), JSON.stringify({ quality, speed }));
}

async function readResult(folder: string, job: ReferenceJob): Promise<ReferenceResult> {
  const result = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as {
    quality: Record<string, string[]>;
    speed: ReferenceSpeed;
  };
  const quality: Record<string, Record<string, Predictions>> = {};
  for (const [i, protocol] of (job.quality?.protocols ?? []).entries()) {
    const rows = Int32Array.from(protocol.evaluated.flatMap((fold) => [...splitFold(protocol.foldOf, fold).inside]));
    const models = result.quality[`protocol-${i}`];
    const byModel: Record<string, Predictions> = {};
    for (const [m, name] of models.entries()) {
      const bytes = await readFile(join(folder, `protocol-${i}-${m}.f64`));
      const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      byModel[name] = { rows, probabilities: new Float64Array(copy) };
    }
    quality[protocol.name] = byModel;
  }
  return { quality, speed: result.speed };
}
