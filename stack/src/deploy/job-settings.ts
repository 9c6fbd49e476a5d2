import { listenHost, SettingError, wholeNumber } from '@fair-underwriting/cube/src/environment.ts';
import { JOBS, type Job } from './schedule.ts';

export interface JobSettings {
  jobs: Job[];
  /** Time of the nightly run in UTC, in minutes since midnight. */
  minuteOfDay: number;
  retryMinutes: number;
  host: string;
  port: number;
}

/** @throws SettingError naming the variable whose value cannot be used */
export function readJobSettings(env: NodeJS.ProcessEnv): JobSettings {
  const at = env['JOBS_AT']?.trim() || '06:00';
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
  if (hour === undefined) throw new SettingError(`JOBS_AT must be a time in UTC such as 06:00, not "${at}".`);
  const known = Object.keys(JOBS) as Job[];
  const wanted = (env['JOBS']?.trim() || known.join(',')).split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !known.some((job) => job === name));
  if (unknown !== undefined) throw new SettingError(`JOBS: there is no job "${unknown}", only ${known.join(', ')}.`);
  return {
    jobs: known.filter((job) => wanted.includes(job)),
    minuteOfDay: Number(hour) * 60 + Number(minute),
    retryMinutes: wholeNumber(env, 'JOBS_RETRY_MINUTES', 15, 1, 1_440),
    host: listenHost(env, 'JOBS_HOST'),
    port: wholeNumber(env, 'JOBS_PORT', 4400, 1, 65_535),
  };
}
