#!/usr/bin/env node
// Writes the texts of each plugin, t('key', 'text'), into its locales/en-US, from where translators take them; with
// --check only compares. A plugin's texts are those of the files that its module loads. A text that goes by a count has
// a singular too: what the call gives as defaultValue_one, else what was worded by hand in the file, else the text itself.
import { globSync } from 'glob';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const options = { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext };

for (const file of globSync('**/plugin.json', { cwd: root })) {
  write(dirname(join(root, file)), JSON.parse(readFileSync(join(root, file), 'utf8')).id);
}

function write(folder, id) {
  const target = join(folder, 'locales', 'en-US', `${id}.json`);
  const before = existsSync(target) ? readFileSync(target, 'utf8') : '{}';
  const after = `${JSON.stringify(nested(withPlurals(collect(folder), flat(JSON.parse(before)))), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, after);
  } else if (before !== after) {
    console.error(`${target} is out of date: run npm run locales.`);
    process.exitCode = 1;
  }
}

/** Every key that a plugin may ask for, with its text and, where it goes by a count, its singular. */
function collect(folder) {
  const texts = new Map();
  for (const file of filesOf(folder)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
        add(texts, relative(root, file), node);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return texts;
}

/** The module of a plugin, and what it imports of our own, at once or later. */
function filesOf(folder) {
  const files = new Set(globSync('module.{ts,tsx}', { cwd: folder, absolute: true }));
  for (const file of files) {
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      const found = ts.resolveModuleName(fileName, file, options, ts.sys).resolvedModule?.resolvedFileName;
      if (fileName.startsWith('.') && /\.tsx?$/.test(found ?? '')) {
        files.add(found);
      }
    }
  }
  return files;
}

function add(texts, file, { arguments: [key, text, values] }) {
  if (!key || !text || !ts.isStringLiteralLike(key) || !ts.isStringLiteralLike(text)) {
    throw new Error(`${file}: t() needs a key and an English text, both written out.`);
  }
  const given = values && ts.isObjectLiteralExpression(values) ? values.properties : [];
  const named = (name) => given.find((each) => each.name?.getText() === name);
  const singular = named('defaultValue_one')?.initializer?.text;
  const entry = { text: text.text, counted: named('count') !== undefined, singular };
  if (JSON.stringify(texts.get(key.text) ?? entry) !== JSON.stringify(entry)) {
    throw new Error(`${file}: ${key.text} has another text elsewhere.`);
  }
  texts.set(key.text, entry);
}

function withPlurals(texts, known) {
  return [...texts].flatMap(([key, { text, counted, singular }]) =>
    counted
      ? [
          [`${key}_one`, singular ?? known.get(`${key}_one`) ?? text],
          [`${key}_other`, text],
        ]
      : [[key, text]]
  );
}

function flat(tree, prefix = '') {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)]
    )
  );
}

function nested(entries) {
  const tree = {};
  for (const [key, text] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = key.split('.');
    const last = path.pop();
    let branch = tree;
    for (const part of path) {
      branch = branch[part] ??= {};
    }
    if (typeof branch !== 'object' || branch[last] !== undefined) {
      throw new Error(`${key} is a text and a group of texts at once.`);
    }
    branch[last] = text;
  }
  return tree;
}
