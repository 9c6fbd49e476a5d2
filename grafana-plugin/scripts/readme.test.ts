import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDataFrame, FieldType, type DataFrame } from '@grafana/data';
import { readAttribution } from '../src/panels/attribution/data/attribution';
import { readJourneys } from '../src/panels/attribution/data/journeys';
import { readCohorts } from '../src/panels/cohort/data/readCohorts';

const readme = readFileSync(join(__dirname, '..', 'src', 'README.md'), 'utf8');

/** The examples of one kind, as frames. */
function examples(kind: string): DataFrame[] {
  const blocks = [...readme.matchAll(new RegExp(`\`\`\`csv ${kind}\\n([^]*?)\`\`\``, 'g'))];
  return blocks.map(([, csv = '']) => frameOf(csv.trim().split('\n')));
}

function frameOf([head = '', ...lines]: string[]): DataFrame {
  const rows = lines.map((line) => line.split(','));
  return createDataFrame({
    fields: head.split(',').map((name, column) => {
      const texts = rows.map((row) => row[column] ?? '');
      if (texts.every((text) => ['true', 'false'].includes(text))) {
        return { name, type: FieldType.boolean, values: texts.map((text) => text === 'true') };
      }
      return texts.every((text) => Number.isFinite(Number(text)))
        ? { name, type: FieldType.number, values: texts.map((text) => (text === '' ? null : Number(text))) }
        : { name, type: FieldType.string, values: texts };
    }),
  });
}

test('the examples of cohorts are read as the README says', () => {
  const [long, wide, ...others] = examples('cohorts').map((frame) =>
    readCohorts([frame], { measure: 'percent' }, 'utc')
  );
  expect(others).toEqual([]);
  for (const model of [long, wide]) {
    expect(model?.cohorts.map(({ label, size }) => [label, size])).toEqual([
      ['2026-01', 120],
      ['2026-02', 80],
    ]);
    expect(model?.cohorts.map(({ cells }) => cells.map((cell) => cell?.share))).toEqual([
      [1, 0.8],
      [1, 0.75],
    ]);
  }
  expect(long?.cohorts.map(({ cells }) => cells[1]?.mature)).toEqual([true, false]);
});

test('the examples of channels and journeys are read as the README says', () => {
  const read = readAttribution([...examples('channels'), ...examples('journeys')], {});
  if (typeof read === 'string') {
    throw new Error(read);
  }
  expect(read.channels?.models.map(({ id }) => id)).toEqual(['first_touch', 'linear']);
  const { values } = read.channels!.total;
  expect(['credit:first_touch', 'credit:linear', 'spend'].map((slot) => values.get(slot))).toEqual([40, 40, 4800]);
  const { paths } = readJourneys(read.journeys!, 10);
  expect(paths.map(({ steps, journeys, conversions }) => [steps, journeys, conversions])).toEqual([
    [['google_ads'], 100, 20],
    [['google_ads', 'email'], 40, 14],
  ]);
});
