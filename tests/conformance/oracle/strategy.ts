import { ratio } from '../support/decimal.ts';
import type { Instant } from '../support/zone.ts';
import { dayText } from '../support/zone.ts';
import { attributesAt } from './attributes.ts';
import { count, defineOracle } from './oracle.ts';

interface Region {
  dims: { region: string; year: string };
  diagnosed: number;
  people: number;
}

const total = (of: (region: Region) => number) => (regions: readonly Region[]) =>
  regions.reduce((sum, region) => sum + of(region), 0);
const diagnosed = total((region) => region.diagnosed);
const people = total((region) => region.people);

/** The newest estimate of each region, and the customers with two deficient alleles who live there. */
export const marketPenetration = defineOracle<Region>({
  view: 'market_penetration',
  facts(data, at) {
    const year = Number(dayText(data.zone.day(at)).slice(0, 4));
    const states = data.customers
      .filter((customer) => customer.createdAt <= at)
      .map((customer) => attributesAt(data, customer, at))
      .filter(({ genotype }) => genotype === 'ZZ' || genotype === 'SZ')
      .map(({ state }) => state);
    const known = data.populations.filter((estimate) => estimate.year <= year);
    const newest = known.filter((estimate) =>
      known.every((other) => other.region !== estimate.region || other.year <= estimate.year),
    );
    return newest.map((estimate) => ({
      dims: { region: estimate.region, year: String(estimate.year) },
      diagnosed: states.filter((state) => estimate.states === null || estimate.states.includes(state ?? '')).length,
      people: estimate.people,
    }));
  },
  measures: {
    diagnosed,
    people_with_aatd: people,
    market_penetration: (regions) => ratio(diagnosed(regions), people(regions)),
  },
});

interface Answer {
  time: Instant;
  dims: { channel: string | null };
  survey: string;
  score: number;
}

const among = (survey: string, from: number, to: number) => (answers: readonly Answer[]) =>
  answers.filter((answer) => answer.survey === survey && answer.score >= from && answer.score <= to).length;
const promoters = among('nps', 9, 10);
const detractors = among('nps', 0, 6);
const scores = among('nps', 0, 10);
const asked = among('brand_awareness', 0, 1);

export const surveys = defineOracle<Answer>({
  view: 'surveys',
  time: 'date',
  facts(data, at) {
    const channels = new Map(data.customers.map(({ id, channel }) => [id, channel]));
    return data.surveys
      .filter((answer) => answer.at <= at && answer.survey !== 'satisfaction')
      .map(({ customer, survey, score, at: time }) => ({
        time,
        dims: { channel: channels.get(customer ?? '') ?? null },
        survey,
        score,
      }));
  },
  measures: {
    nps: (answers) => ratio(promoters(answers) - detractors(answers), scores(answers)),
    nps_answers: scores,
    promoters,
    detractors,
    brand_awareness: (answers) => ratio(among('brand_awareness', 1, 1)(answers), asked(answers)),
    awareness_answers: asked,
  },
});

export const partners = defineOracle<{ dims: { kind: string } }>({
  view: 'partners',
  facts(data, at) {
    const today = data.zone.day(at);
    return data.partners
      .filter(({ startedOn, endedOn }) => startedOn <= today && today <= (endedOn ?? Infinity))
      .map(({ kind }) => ({ dims: { kind } }));
  },
  measures: { partner_count: count(() => true) },
});
