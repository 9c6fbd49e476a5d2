// Stops the parts when the main process is killed and cannot do it itself: keeper.ts STATE_FOLDER, over an IPC channel.
import { statePaths } from './config.ts';
import { readRunRecord, removeRunRecord } from './run-file.ts';
import { stopParts } from './stop-parts.ts';

const [dir] = process.argv.slice(2);
if (dir === undefined || !process.send) throw new Error('The keeper is started by npm start only.');
const path = statePaths(dir).run;
const main = process.ppid;

// The main process ends it; until then these are for others of the terminal.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => {
  void (async () => {
    const record = readRunRecord(path);
    if (record?.main.pid === main) {
      await stopParts(record.parts);
      removeRunRecord(path);
    }
    process.exit(0);
  })();
});
