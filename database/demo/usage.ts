import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, hour, minute } from './time.ts';
import type { World } from './world.ts';

/** Who looks at the figures: how likely in a week, as what, and at which views. The first four lead the company. */
const people = [
  { name: 'mara.ceo', roles: ['executive'], weekly: 0.95, views: ['revenue', 'mrr_movements', 'customers'] },
  { name: 'jonas.cfo', roles: ['executive'], weekly: 0.9, views: ['revenue', 'net_revenue', 'mrr_movements'] },
  { name: 'priya.coo', roles: ['executive'], weekly: 0.9, views: ['lab_sla', 'lab_tests', 'staffing'] },
  { name: 'owen.cmo', roles: ['executive'], weekly: 0.55, views: ['attribution', 'journeys', 'signups'] },
  { name: 'dana.ops', roles: ['operations'], weekly: 0.98, views: ['lab_sla', 'lab_penalties', 'alerts'] },
  { name: 'ines.growth', roles: ['marketing'], weekly: 0.9, views: ['attribution', 'journeys', 'cohorts_by_sign_up'] },
  { name: 'theo.data', roles: ['data_steward'], weekly: 0.9, views: ['churn_risk', 'model_quality', 'feature_drift'] },
] as const;
const leaders = 4;
const weeks = 26;

/** A measure and a dimension of each view that is asked. */
const members: Record<(typeof people)[number]['views'][number], readonly string[]> = {
  revenue: ['as_of', 'mrr'],
  mrr_movements: ['month', 'mrr_closing', 'mrr_opening'],
  customers: ['active_customers_30d', 'customers'],
  net_revenue: ['date', 'net_revenue', 'payer_type'],
  lab_sla: ['lab_name', 'sla_compliance'],
  lab_tests: ['lab_name', 'turnaround_days_avg'],
  staffing: ['counselors_needed', 'counselors_to_hire'],
  attribution: ['channel', 'linear', 'spend'],
  journeys: ['conversions', 'path'],
  signups: ['channel', 'new_customers'],
  lab_penalties: ['lab_name', 'sla_penalty'],
  alerts: ['alerts_open', 'severity'],
  cohorts_by_sign_up: ['cohort_month', 'retention_rate'],
  churn_risk: ['risk_level', 'scored_customers'],
  model_quality: ['brier', 'scored_on'],
  feature_drift: ['feature', 'psi'],
};

/** Writes who leads, and what they and others asked in the last half year. */
export function writeUsage(world: World, rows: Rows): void {
  const random = Random.fork(world.size.seed, 'usage');
  const from = Math.max(world.start, world.end - weeks * 7 * day);
  for (const { name } of people.slice(0, leaders)) rows.add('leaders', name, Math.floor(from / day), null);
  for (let week = from; week < world.end; week += 7 * day) {
    for (const person of people) {
      const looks = random.chance(person.weekly);
      const at = week + Math.floor(random.between(0, 5)) * day + random.between(8, 18) * hour;
      const queries = 3 + Math.floor(random.between(0, 9));
      if (!looks) continue;
      for (let index = 0; index < queries; index++) {
        const asked = at + index * random.between(0.1, 2) * minute;
        const view = random.pick(person.views);
        const duration = Math.round(random.between(8, 90) * (random.chance(0.05) ? 20 : 1));
        const status = random.chance(0.02) ? 400 : 200;
        const id = random.uuid(asked);
        if (asked > world.end) continue;
        const names = members[view].map((member) => `${view}.${member}`);
        rows.add('query_audit', id, asked, person.name, person.roles, 'rest', 'load', view, names, status, duration);
      }
    }
  }
}
