import { SettingError } from '@fair-underwriting/cube/src/environment.ts';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that requests under way get when the process is told to stop. */
const grace = 10_000;

/**
 * Listens until SIGTERM or SIGINT; then takes no new request, finishes those under way and ends the process.
 * @param host loopback unless a proxy on another machine is to reach it
 */
export async function serve(app: FastifyInstance, port: number, host = '127.0.0.1'): Promise<void> {
  closeWithGrace({ delay: grace, logger: app.log }, async ({ err }) => {
    if (err) app.log.error({ name: err.name, stack: err.stack }, 'unexpected failure');
    await app.close();
    app.log.info('stopped');
  });
  await app.listen({ port, host });
}

/** Runs a service's start; a wrong setting ends the process with words instead of a stack. */
export async function start(begin: () => Promise<void>): Promise<void> {
  try {
    await begin();
  } catch (error) {
    console.error(error instanceof SettingError ? error.message : error);
    process.exit(1);
  }
}
