// The alert service as a process of its own; settings are environment variables, see README.md.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SettingError } from '@fair-underwriting/cube/src/environment.ts';
import { serve, start } from '@fair-underwriting/http-service/src/serve.ts';
import { releaseLock, takeLock } from '@fair-underwriting/stack/bin/pid-lock.mjs';
import { openService } from './service.ts';
import { readSettings } from './settings.ts';

await start(async () => {
  const settings = readSettings(process.env);
  mkdirSync(settings.queueFolder, { recursive: true, mode: 0o700 });
  const lock = join(settings.queueFolder, 'lock');
  const holder = takeLock(lock);
  if (holder) throw new SettingError(`ALERT_QUEUE_DIR is in use by process ${holder.pid}: each service needs its own.`);
  process.once('exit', () => releaseLock(lock));
  await serve(await openService(settings, true), settings.port, settings.host);
});
