import type { Customer } from './customers.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import type { Life } from './subscriptions.ts';
import { day, hour, minute, until } from './time.ts';
import type { World } from './world.ts';

const activities = ['session', 'read_article', 'log_symptoms', 'download_report', 'post_in_community'];
const weights = [0.4, 0.26, 0.2, 0.06, 0.08];
/** Sessions in 30 days of somebody fully engaged. */
const sessionsPerMonth = 9;

/** Numbers the activity rows: the table's key is a sequence, not a random id. */
export class ActivityWriter {
  private id = 0;

  constructor(
    private readonly world: World,
    private readonly rows: Rows,
  ) {}

  /** The last id given, for the sequence behind the column. */
  get lastId(): number {
    return this.id;
  }

  private add(customer: Customer, at: number, activity: string, session: string, seconds: number | null): void {
    if (at > this.world.end) return;
    this.rows.add('user_activity_logs', ++this.id, customer.id, at, activity, session, seconds);
  }

  /** Writes what a customer did: looking around at sign-up, at the result, and sessions as engaged as they are. */
  write(customer: Customer, life: Life, resultAt: number | null): void {
    const random = Random.fork(this.world.size.seed, 'activity', customer.index);
    let number = 0;
    const prefix = customer.id.toString().slice(9, 23);
    const session = () => `${prefix}-${(++number).toString(36)}`;
    const first = session();
    this.add(customer, customer.createdAt, 'sign_up', first, random.int(20, 300));
    this.add(customer, customer.createdAt + 4 * minute, 'read_article', first, random.int(20, 400));
    if (resultAt !== null) this.writeResult(random, customer, life, resultAt, session);
    if (life.appAt !== null) this.add(customer, life.appAt, 'download_app', session(), null);
    for (const [m, level] of life.engagement.entries()) {
      for (let k = random.poisson(sessionsPerMonth * level); k > 0; k--) {
        const at = customer.createdAt + (m + random.unit()) * 30 * day;
        const id = session();
        let offset = 0;
        for (let n = 1 + random.poisson(0.5); n > 0; n--) {
          const seconds = Math.round(random.logNormal(150, 0.9));
          this.add(customer, at + offset, activities[random.weighted(weights)] ?? 'session', id, seconds);
          offset += seconds * 1000;
        }
      }
    }
  }

  private writeResult(random: Random, customer: Customer, life: Life, resultAt: number, session: () => string): void {
    if (!random.chance(0.93)) return;
    const id = session();
    const viewedAt = resultAt + random.exponential(20) * hour;
    this.add(customer, viewedAt, 'view_results', id, random.int(30, 900));
    if (random.chance(0.35)) this.add(customer, viewedAt + 20 * minute, 'complete_lesson', id, random.int(200, 1200));
    if (random.chance(0.12 + 0.2 * (life.engagement[0] ?? 0))) {
      this.add(customer, viewedAt + random.between(0.1, 200) * hour, 'share_results', session(), random.int(10, 120));
    }
  }
}

/** Writes the e-mails to a customer: a welcome series, then two a month to subscribers and one in two months to others. */
export function writeEmails(world: World, rows: Rows, customer: Customer, life: Life): void {
  const random = Random.fork(world.size.seed, 'email', customer.index);
  const send = (sentAt: number, engaged: number) => {
    if (sentAt > world.end) return;
    const opened = random.chance(life.openRate * engaged) ? sentAt + random.exponential(9) * hour : null;
    const clicked = opened !== null && random.chance(0.22) ? opened + random.between(5, 300) * 1000 : null;
    const openedAt = until(opened, world.end);
    rows.add('email_messages', random.uuid(sentAt), customer.id, sentAt, openedAt, until(clicked, world.end));
  };
  for (const after of [0.01, 2, 6, 12]) send(customer.createdAt + after * day, 1.2);
  const subscribed = life.subscriptions.length > 0;
  for (const [m, level] of life.engagement.entries()) {
    for (let k = subscribed && level > 0.02 ? 2 : m % 3 === 1 ? 1 : 0; k > 0; k--) {
      send(customer.createdAt + (m + random.unit()) * 30 * day, subscribed ? 0.5 + level : 0.6);
    }
  }
}

/** Writes a customer's answers to surveys: on recommending the company, and on satisfaction. */
export function writeSurveys(world: World, rows: Rows, customer: Customer, life: Life, mood: number): void {
  const random = Random.fork(world.size.seed, 'email', -1 - customer.index);
  const trait = life.engagement[0] ?? 0.5;
  for (
    let at = customer.createdAt + random.between(35, 60) * day;
    at <= world.end;
    at += random.between(170, 200) * day
  ) {
    if (!random.chance(0.24)) continue;
    const score = Math.round(random.normal(7.1 + 2.6 * (trait - 0.4) + mood, 1.8));
    rows.add('survey_responses', random.uuid(at), customer.id, 'nps', at, Math.min(10, Math.max(0, score)));
    if (!random.chance(0.5)) continue;
    const satisfied = Math.round(random.normal(3.9 + trait - 0.4 + mood * 0.5, 0.8));
    rows.add('survey_responses', random.uuid(at), customer.id, 'satisfaction', at, Math.min(5, Math.max(1, satisfied)));
  }
}
