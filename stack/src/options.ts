import { parseArgs } from 'node:util';
import { UserError } from './user-error.ts';

/**
 * Reads a command's options, all of them yes or no; `--help` prints the usage and ends the process.
 * @throws UserError with the usage for anything else
 */
export function readOptions<Name extends string>(usage: string, names: readonly Name[] = []): Record<Name, boolean> {
  const options = Object.fromEntries([...names, 'help'].map((name) => [name, { type: 'boolean' as const }]));
  try {
    const { values } = parseArgs({ options });
    if (values['help'] === true) {
      console.log(usage);
      process.exit(0);
    }
    return Object.fromEntries(names.map((name) => [name, values[name] === true])) as Record<Name, boolean>;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
