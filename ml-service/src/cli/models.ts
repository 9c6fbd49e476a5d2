import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelFolder } from '../model/folder.ts';
import { loadModel } from '../model/files.ts';
import { listModels, promoteModel, rollBackModel } from '../registry/registry.ts';
import { runOnDatabase, wrongArgument } from './command.ts';

const usage = `npm run models -- [list | promote VERSION | rollback]

  list             the churn models, the newest first; * marks the one that serves (default)
  promote VERSION  lets a model serve
  rollback         puts back the model that served before`;

type Action = { readonly name: 'list' | 'rollback' | 'help' } | { readonly name: 'promote'; readonly version: string };

function readArguments(): Action {
  try {
    const { values, positionals } = parseArgs({
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) return { name: 'help' };
    const [name = 'list', ...rest] = positionals;
    if ((name === 'list' || name === 'rollback') && rest.length === 0) return { name };
    if (name === 'promote' && rest.length === 1) return { name, version: rest[0] };
    throw new Error(name === 'promote' ? 'promote takes one version.' : `"${positionals.join(' ')}" is no command.`);
  } catch (error) {
    throw wrongArgument(error, usage);
  }
}

await runOnDatabase(async (client) => {
  const action = readArguments();
  const folder = modelFolder();
  // A model whose files are missing or damaged could not serve.
  const verify = (version: string) => loadModel(join(folder, version));
  if (action.name === 'help') {
    console.log(usage);
  } else if (action.name === 'rollback') {
    console.log(`${await rollBackModel(client, verify)} serves again.`);
  } else if (action.name === 'promote') {
    await promoteModel(client, action.version, 'promoted by hand', verify);
    console.log(`${action.version} serves.`);
  } else {
    const models = await listModels(client);
    if (models.length === 0) console.log('No model yet: npm run train trains one.');
    for (const { version, kind, rocAuc, brier, trainedAt, isServing } of models) {
      const scores = `ROC-AUC ${rocAuc?.toFixed(3) ?? '-'}, Brier ${brier?.toFixed(4) ?? '-'}`;
      console.log(
        `${isServing ? '*' : ' '} ${version}  ${kind}, ${scores}, trained ${trainedAt.toISOString().slice(0, 16)}`,
      );
    }
  }
});
