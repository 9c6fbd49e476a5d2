import { describe, expect, test } from '@jest/globals';
import { readJobSettings } from './job-settings.ts';
import { type Job, Schedule, untilNext } from './schedule.ts';

const hour = 3_600_000;
const never = new AbortController().signal;

test.each([
  ['2026-03-28T05:00:00Z', 1],
  ['2026-03-28T06:00:00Z', 24],
  ['2026-02-28T07:30:00Z', 22.5],
  ['2026-12-31T23:00:00Z', 7],
])('from %s it is %d hours to 06:00', (now, hours) => {
  expect(untilNext(6 * 60, new Date(now))).toBe(hours * hour);
});

describe('a round', () => {
  test('goes on after a failure, and again runs only what failed', async () => {
    const ran: Job[] = [];
    let isThereModel = false;
    const schedule = new Schedule(['score', 'forecast'], (job) => {
      ran.push(job);
      return Promise.resolve(job !== 'score' || isThereModel);
    });
    expect(await schedule.round(false, never)).toBe(false);
    expect([...schedule.failed]).toEqual(['score']);
    isThereModel = true;
    expect(await schedule.round(true, never)).toBe(true);
    expect(ran).toEqual(['score', 'forecast', 'score']);
    const metrics = await schedule.metrics.metrics();
    expect(metrics).toContain('job_failures_total{job="score"} 1\n');
    expect(metrics).toContain('job_failures_total{job="forecast"} 0\n');
    expect(metrics).toMatch(/job_last_success_timestamp_seconds\{job="score"\} 1\.?\d+/);
  });

  test('that is stopped counts no failure', async () => {
    const stopping = new AbortController();
    const schedule = new Schedule(['score', 'forecast'], () => {
      stopping.abort();
      return Promise.resolve(false);
    });
    expect(await schedule.round(false, stopping.signal)).toBe(true);
    expect(await schedule.metrics.metrics()).toContain('job_failures_total{job="score"} 0\n');
  });
});

describe('the settings', () => {
  test('have defaults', () => {
    expect(readJobSettings({})).toEqual({
      jobs: ['attribute', 'score', 'forecast', 'retention', 'payer-value', 'close-month'],
      minuteOfDay: 360,
      retryMinutes: 15,
      host: '127.0.0.1',
      port: 4400,
    });
  });

  test('keep the order of the jobs', () => {
    expect(readJobSettings({ JOBS: 'forecast, score' }).jobs).toEqual(['score', 'forecast']);
    expect(readJobSettings({ JOBS: 'forecast', JOBS_AT: '23:59' })).toMatchObject({
      jobs: ['forecast'],
      minuteOfDay: 1_439,
    });
  });

  test.each([
    [{ JOBS_AT: '6:00' }, 'JOBS_AT must be a time in UTC such as 06:00, not "6:00".'],
    [{ JOBS_AT: '24:00' }, 'JOBS_AT must be'],
    [
      { JOBS: 'score,train' },
      'JOBS: there is no job "train", only attribute, score, forecast, retention, payer-value, close-month.',
    ],
    [{ JOBS_RETRY_MINUTES: '0' }, 'JOBS_RETRY_MINUTES must be a whole number from 1 to 1440'],
  ])('%j is refused', (env: NodeJS.ProcessEnv, message) => {
    expect(() => readJobSettings(env)).toThrow(message);
  });
});
