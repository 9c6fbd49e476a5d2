#!/usr/bin/env node
// Writes the texts of the pages, t('key', 'text'), into src/locales/en-US, from where translators take them; with
// --check only compares. A singular that was worded by hand (key_one) is kept.
import { globSync } from 'glob';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { id } = JSON.parse(readFileSync(join(root, 'src', 'plugin.json'), 'utf8'));
const target = join(root, 'src', 'locales', 'en-US', `${id}.json`);

const before = existsSync(target) ? readFileSync(target, 'utf8') : '{}';
const after = `${JSON.stringify(nested(withPlurals(collect(), flat(JSON.parse(before)))), null, 2)}\n`;
if (!process.argv.includes('--check')) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, after);
} else if (before !== after) {
  console.error(`${target} is out of date: run npm run locales.`);
  process.exitCode = 1;
}

/** Every key with its text. */
function collect() {
  const texts = new Map();
  for (const file of globSync('src/**/*.{ts,tsx}', { cwd: root, ignore: 'src/**/*.test.*' })) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
        add(texts, file, node);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return texts;
}

function add(texts, file, { arguments: [key, text] }) {
  if (!key || !text || !ts.isStringLiteralLike(key) || !ts.isStringLiteralLike(text)) {
    throw new Error(`${file}: t() needs a key and an English text, both written out.`);
  }
  if ((texts.get(key.text) ?? text.text) !== text.text) {
    throw new Error(`${file}: ${key.text} has another text elsewhere.`);
  }
  texts.set(key.text, text.text);
}

function withPlurals(texts, known) {
  return [...texts].flatMap(([key, text]) =>
    text.includes('{{count}}')
      ? [
          [`${key}_one`, known.get(`${key}_one`) ?? text],
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
