import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Copy, DockerfileParser, From } from 'dockerfile-ast';
import { ROOT } from './compose-file.ts';

/** What .dockerignore leaves out inside of the folders that are copied. */
const LEFT_OUT =
  /(^|\/)(node_modules|dist|test-support|test-fixtures|coverage)(\/|$)|\.test\.ts$|^ml-service\/(bench|oracle)/;

/**
 * Makes the working folder of the services' image: the files that the last stage copies, and nothing else of the
 * repository. The packages are those that are installed here.
 */
export function makeImageTree(folder: string): void {
  const dockerfile = DockerfileParser.parse(readFileSync(join(ROOT, 'docker', 'services.Dockerfile'), 'utf8'));
  const instructions = dockerfile.getInstructions();
  const last = instructions.findLastIndex((instruction) => instruction instanceof From);
  for (const instruction of instructions.slice(last)) {
    if (!(instruction instanceof Copy) || instruction.getFromFlag() !== null) continue;
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const [target = ''] = words.splice(-1);
    for (const source of words) {
      const place = target.endsWith('/') ? join(folder, target, source.split('/').at(-1) ?? '') : join(folder, target);
      cpSync(join(ROOT, source), place, {
        recursive: true,
        filter: (path) => !LEFT_OUT.test(path.slice(ROOT.length + 1)),
      });
    }
  }
  // Packages of this repository must come from the copy: a link to the folder would lead back to all files.
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@fair-underwriting'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@fair-underwriting') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(ROOT, 'node_modules', '@fair-underwriting'))) {
    symlinkSync(join('..', '..', name), join(modules, '@fair-underwriting', name));
    const own = join(ROOT, name, 'node_modules');
    if (existsSync(own) && existsSync(join(folder, name))) symlinkSync(own, join(folder, name, 'node_modules'));
  }
}
