import { expect, test } from '@jest/globals';
import { staffingNeed, type StaffingFacts } from './staffing.ts';

const targets = { waitDays: 5, utilization: 0.85, share: 0.8 };
const steady: StaffingFacts = {
  demand: Array<number>(13).fill(34),
  errors: [Array<number>(13).fill(0)],
  waitlist: 0,
  present: 3,
  sessionsPerWeek: 10,
};

test('steady demand needs what keeps the utilisation', () => {
  // 34 / (0.85 x 10) = 4; nobody waits longer than the week.
  expect(staffingNeed(steady, targets)).toMatchObject({ needed: 4, toHire: 1 });
});

test('with too few the list grows by what they leave, and the wait with it', () => {
  // 4 more each week at 30 a week: after week 7, the median, 28 wait.
  expect(staffingNeed(steady, targets).waitDaysAtPresent).toBeCloseTo((28 / 30) * 7, 9);
});

test('the list that waits now counts', () => {
  // (13 x 34 + 130) / 13 = 44 held a week need 5.2 equivalents at 85%.
  expect(staffingNeed({ ...steady, waitlist: 130 }, targets)).toMatchObject({ needed: 5.2, toHire: 3 });
});

test('a fifth of the paths may fail', () => {
  const paths = (high: number) => Array.from({ length: 10 }, (_, i) => Array<number>(13).fill(i < high ? 51 : 0));
  expect(staffingNeed({ ...steady, errors: paths(2) }, targets).needed).toBe(4);
  // 85 a week.
  expect(staffingNeed({ ...steady, errors: paths(3) }, targets).needed).toBe(10);
});

test('those who are there may be enough', () => {
  expect(staffingNeed({ ...steady, present: 4.75 }, targets)).toMatchObject({ needed: 4, toHire: 0 });
  expect(staffingNeed({ ...steady, present: 3.9 }, targets).toHire).toBe(1);
});

test('without counselors the wait is undefined, without demand none is needed', () => {
  expect(staffingNeed({ ...steady, present: 0 }, targets)).toEqual({ needed: 4, toHire: 4, waitDaysAtPresent: null });
  expect(staffingNeed({ ...steady, demand: Array<number>(13).fill(0) }, targets)).toEqual({
    needed: 0,
    toHire: 0,
    waitDaysAtPresent: 0,
  });
});
