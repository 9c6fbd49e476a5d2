import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { servingVersion } from '@fair-underwriting/ml-service/src/registry/registry.ts';
import pg from 'pg';
import type { BringUp } from '../bring-up.ts';
import { logTail, partEnvironment, startChild } from '../child.ts';
import { ROOT, statePaths } from '../config.ts';

/** Below the parts that people wait for. */
const lowPriority = 10;

const subjects = {
  train: 'Churn model',
  score: 'Churn model',
  forecast: 'Forecasts',
  attribute: 'Attribution',
  retention: 'Revenue retention',
  'payer-value': 'Payer value',
} as const;
type Step = keyof typeof subjects;

/**
 * Attributes, forecasts, works out what cohorts retain, compares payers' members, trains a model if none can serve, and
 * scores all subscribers, the quickest first, in processes beside that nobody waits for; says what it does. A stop ends it
 * without harm: the next start goes on.
 */
export async function predictInBackground(context: BringUp, databaseUrl: string): Promise<void> {
  const { config, progress } = context;
  const { models, logs } = statePaths(config.dataDir);
  const version = await readServingVersion(databaseUrl);
  const isTrained = version !== null && existsSync(join(models, version));
  const logFile = join(logs, 'churn-training.log');
  if (!isTrained) progress.note(`  Churn model: training in the background, log in ${logFile}`);
  const steps: Step[] = [
    'attribute',
    'forecast',
    'retention',
    'payer-value',
    ...(isTrained ? [] : ['train' as const]),
    'score',
  ];
  void runSteps(context, databaseUrl, steps, logFile);
}

async function runSteps(
  { config, stack, progress, signal }: BringUp,
  databaseUrl: string,
  steps: readonly Step[],
  logFile: string,
): Promise<void> {
  try {
    let canScore = true;
    for (const step of steps) {
      if (step === 'score' && !canScore) continue;
      const subject = subjects[step];
      const child = await startChild({
        name: `npm run ${step}`,
        command: process.execPath,
        // Past months too, so that there are predictions whose outcomes are known.
        args: [
          '--import',
          'tsx',
          join(ROOT, 'ml-service', 'src', 'cli', `${step}.ts`),
          ...(step === 'score' ? ['--backfill'] : []),
        ],
        env: { ...partEnvironment(), DATABASE_URL: databaseUrl, ML_MODEL_DIR: statePaths(config.dataDir).models },
        cwd: ROOT,
        logFile,
        stopSignal: 'SIGTERM',
      });
      stack.addTask('training', child);
      setPriority(child.recorded.pid, lowPriority);
      const how = await child.ended;
      if (signal.aborted) return;
      const last = logTail(logFile, 1);
      const isDone = how === 'ended with code 0';
      progress.note(isDone ? `${subject}: ${last}` : `${subject}: npm run ${step} ${how}: ${last}`);
      if (step === 'train') canScore = isDone;
    }
  } catch (error) {
    // Nothing else of the stack depends on it.
    progress.note(`Churn model: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readServingVersion(databaseUrl: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await servingVersion(client);
  } finally {
    await client.end();
  }
}
