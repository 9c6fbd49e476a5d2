// npm run stop: stops a stack that runs in another terminal, or what a killed one left. Ends with 0 when nothing runs.
import { dataDir, statePaths } from './config.ts';
import { readOptions } from './options.ts';
import { stopRunning } from './stop-running.ts';
import { explain } from './user-error.ts';

try {
  readOptions('npm run stop\n\nStops a stack that runs in another terminal, or what a killed one left.');
  console.log((await stopRunning(statePaths(dataDir()))) ? 'Stopped.' : 'Nothing is running.');
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
