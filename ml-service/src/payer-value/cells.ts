import type { Matching, MatchedSet } from './match.ts';
import { type Day, type Member, monthOf, yearOf } from './members.ts';
import type { PaidTest, Payer, PayerData } from './read.ts';
import type { Cell } from './suppress.ts';

/** What one row of the table is about: everything, a payer, one of its contracts, or a quarter of one. */
export interface Group {
  readonly level: 'all' | 'payer' | 'contract' | 'quarter';
  readonly payer: Payer | null;
  /** Null above contracts, and for the time before a payer's first. */
  readonly contract: string | null;
  /** Such as 2026-Q1. */
  readonly quarter: string | null;
  readonly content: Content;
  readonly parts: readonly Group[];
}

/** Patients by their diagnosis and the contract in force on it, tests by the payer's decision. */
export interface Content {
  readonly sets: readonly MatchedSet[];
  readonly placeboSets: readonly MatchedSet[];
  readonly withoutHistory: readonly Member[];
  readonly withoutFollowUp: readonly Member[];
  readonly withoutMatches: readonly Member[];
  readonly tests: readonly PaidTest[];
}

interface Place {
  readonly payer: string;
  readonly on: Day;
}

/** Everything, cut by payer, contract and quarter of the index day. Payers without patients and tests are left out. */
export function cutIntoCells({ payers, paidTests }: PayerData, matching: Matching, placebo: Matching): Group {
  const whole: Content = {
    sets: matching.sets,
    placeboSets: placebo.sets,
    withoutHistory: matching.withoutHistory,
    withoutFollowUp: matching.withoutFollowUp,
    withoutMatches: matching.withoutMatches,
    tests: paidTests,
  };
  const parts = [...split(whole, ({ payer }) => payer)].map(([id, content]) => {
    const payer = payers.find((one) => one.id === id);
    if (payer === undefined) throw new Error(`There is no payer ${id}.`);
    return cutPayer(payer, content);
  });
  return { level: 'all', payer: null, contract: null, quarter: null, content: whole, parts };
}

function cutPayer(payer: Payer, content: Content): Group {
  const inForce = ({ on }: Place) => payer.contracts.findLast(({ validFrom }) => validFrom <= on)?.id ?? '';
  const parts = [...split(content, inForce)].map(([id, ofContract]): Group => {
    const contract = id === '' ? null : id;
    const quarters = [...split(ofContract, ({ on }) => quarterOf(on))].map(([quarter, ofQuarter]): Group => ({
      level: 'quarter',
      payer,
      contract,
      quarter,
      content: ofQuarter,
      parts: [],
    }));
    return { level: 'contract', payer, contract, quarter: null, content: ofContract, parts: quarters };
  });
  return { level: 'payer', payer, contract: null, quarter: null, content, parts };
}

function quarterOf(day: Day): string {
  const month = monthOf(day);
  return `${yearOf(month)}-Q${Math.floor(((month - 1) % 12) / 3) + 1}`;
}

/** Splits every list of a content by a key, in the order of the keys. */
function split(content: Content, keyOf: (place: Place) => string): Map<string, Content> {
  const placeOf = (one: MatchedSet | Member | PaidTest): Place => {
    if ('on' in one) return one;
    const member = 'patient' in one ? one.patient : one;
    return { payer: member.payer, on: member.diagnosedOn ?? 0 };
  };
  const names = Object.keys(content) as (keyof Content)[];
  const keys = new Set(names.flatMap((name) => content[name].map((one) => keyOf(placeOf(one)))));
  const empty = () =>
    Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<keyof Content, unknown[]>;
  const found = new Map([...keys].sort().map((key) => [key, empty()]));
  for (const name of names) for (const one of content[name]) found.get(keyOf(placeOf(one)))?.[name].push(one);
  return found as unknown as Map<string, Content>;
}

/** The counts of a figure over all groups, as they add up. */
export function countsOf(group: Group, count: (group: Group) => number, into: Map<Group, Cell>): Cell {
  const cell = { count: count(group), parts: group.parts.map((part) => countsOf(part, count, into)) };
  into.set(group, cell);
  return cell;
}

export function* groupsOf(group: Group): Generator<Group> {
  yield group;
  for (const part of group.parts) yield* groupsOf(part);
}
