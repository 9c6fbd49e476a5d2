import { serve, start } from '@fair-underwriting/http-service/src/serve.ts';
import { createService } from './service.ts';
import { readSettings } from './settings.ts';

await start(async () => {
  const settings = readSettings(process.env);
  const { app, models } = createService(settings, true);
  // Without a database the service still starts: it says so at /readyz, and takes the model when the database is there.
  await models.check().catch((error: unknown) => {
    app.log.warn({ name: error instanceof Error ? error.name : undefined }, 'registry cannot be read yet');
  });
  models.watch(settings.reloadSeconds * 1_000);
  await serve(app, settings.port, settings.host);
});
