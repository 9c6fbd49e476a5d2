import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import { listen, type Listening } from '@fair-underwriting/http-service/test-support/listen.ts';
import { createService, type ChurnService } from '@fair-underwriting/ml-service/src/http/service.ts';

export const secret = 'only-for-tests-only-for-tests-only-for-tests';

export function token(role: string | string[] = 'executive', user = 'ada'): string {
  return signToken({ user, roles: [role].flat() }, secret);
}

/** A service in this process, and its folder of models. */
export interface RunningService extends Listening {
  service: ChurnService;
  models: string;
  /** What it logged so far. */
  log: () => string;
  stop: () => Promise<void>;
}

export async function startService(databaseUrl: string, models?: string): Promise<RunningService> {
  const folder = models ?? (await mkdtemp(join(tmpdir(), 'fua-models-')));
  let log = '';
  const service = createService(
    { databaseUrl, modelFolder: folder, tokenSecret: secret, workers: 1 },
    { stream: { write: (line: string) => void (log += line) } },
  );
  await service.models.check();
  return {
    ...(await listen(service.app)),
    service,
    models: folder,
    log: () => log,
    stop: async () => {
      await service.app.close();
      if (models === undefined) await rm(folder, { recursive: true });
    },
  };
}
