import { expect, test } from '@jest/globals';
import { factsOf, recommend, type InterventionFacts, type InterventionType } from './recommend.ts';

const type = (name: string, expectedImpact: number, priority = 1): InterventionType => ({
  type: name,
  channel: 'email',
  title: name,
  message: name,
  priority,
  expectedImpact,
  basis: 'assumption',
});
const types = [
  type('genetic_counseling', 0.25),
  type('reengagement_email', 0.15, 2),
  type('app_download_email', 0.1, 3),
  type('phone_call', 0.3),
];
const calm: InterventionFacts = {
  probability: 0.1,
  counselingAttended: true,
  daysSinceLastActivity: 3,
  genotype: 'MM',
  appDownloaded: true,
};
const typesFor = (facts: Partial<InterventionFacts>, settings = types) =>
  recommend(settings, { ...calm, ...facts }).map((each) => each.type);

test.each<[Partial<InterventionFacts>, string[]]>([
  [{}, []],
  [{ probability: 0.6, counselingAttended: false }, []],
  [{ probability: 0.61, counselingAttended: false }, ['genetic_counseling']],
  [{ probability: 0.61, counselingAttended: true }, []],
  [{ probability: 0.61, counselingAttended: null }, []],
  [{ daysSinceLastActivity: 30 }, []],
  [{ daysSinceLastActivity: 31 }, ['reengagement_email']],
  [{ daysSinceLastActivity: null }, ['reengagement_email']],
  [{ genotype: 'MZ', appDownloaded: false }, ['app_download_email']],
  [{ genotype: 'MZ', appDownloaded: null }, []],
  [{ genotype: 'ZZ', appDownloaded: false }, []],
  [{ genotype: null, appDownloaded: false }, []],
  [{ probability: 0.8 }, []],
  [{ probability: 0.81 }, ['phone_call']],
])('%j gives %j', (facts, expected) => {
  expect(typesFor(facts)).toEqual(expected);
});

const everything = {
  probability: 0.9,
  counselingAttended: false,
  daysSinceLastActivity: 60,
  genotype: 'MZ',
  appDownloaded: false,
};

test('the greatest expected impact comes first, whatever the settings say it is', () => {
  expect(typesFor(everything)).toEqual([
    'phone_call',
    'genetic_counseling',
    'reengagement_email',
    'app_download_email',
  ]);
  const measured = types.map((each) => (each.type === 'app_download_email' ? { ...each, expectedImpact: 0.5 } : each));
  expect(typesFor(everything, measured)[0]).toBe('app_download_email');
});

test('equal impacts go by urgency, then by name', () => {
  const equal = types.map((each) => ({ ...each, expectedImpact: 0.2 }));
  expect(typesFor(everything, equal)).toEqual([
    'genetic_counseling',
    'phone_call',
    'reengagement_email',
    'app_download_email',
  ]);
});

test('a type without settings is switched off', () => {
  expect(typesFor(everything, types.slice(0, 1))).toEqual(['genetic_counseling']);
});

test('only the one that follows from the genotype reveals it', () => {
  const revealing = recommend(types, { ...calm, ...everything }).filter((each) => each.revealsGenotype);
  expect(revealing.map((each) => each.type)).toEqual(['app_download_email']);
});

test('the facts are taken from the features; what is missing or of another kind is unknown', () => {
  expect(
    factsOf(0.7, { counseling_attended: false, days_since_last_activity: 4, genotype: 'MZ', app_downloaded: true }),
  ).toEqual({
    probability: 0.7,
    counselingAttended: false,
    daysSinceLastActivity: 4,
    genotype: 'MZ',
    appDownloaded: true,
  });
  expect(factsOf(0.7, { counseling_attended: null })).toEqual({
    probability: 0.7,
    counselingAttended: null,
    daysSinceLastActivity: null,
    genotype: null,
    appDownloaded: null,
  });
});
