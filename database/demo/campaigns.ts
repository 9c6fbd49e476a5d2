import { channels } from './plan.ts';
import { cents } from './money.ts';
import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { addMonths, day, dayOf } from './time.ts';
import { addTotal, type World } from './world.ts';

interface Campaign {
  name: string;
  channel: number;
  from: number;
  to: number | null;
  status: 'active' | 'paused' | 'completed';
}

const plans = new WeakMap<World, Campaign[][]>();

/** The campaigns of each channel: the second of each three was completed, one was paused, the others run. */
function campaignsOf(world: World): Campaign[][] {
  const known = plans.get(world);
  if (known) return known;
  const made = channels.map((channel, i) =>
    channel.campaigns.map((name, k): Campaign => {
      const ended = dayOf(addMonths(world.end, -4));
      const completed = k === 2 && ended > world.firstDay;
      const paused = channel.id === 'podcast' && k === 1 && ended > world.firstDay;
      return {
        name,
        channel: i,
        from: world.firstDay,
        to: completed || paused ? ended : null,
        status: completed ? 'completed' : paused ? 'paused' : 'active',
      };
    }),
  );
  plans.set(world, made);
  return made;
}

/** A campaign of the channel that ran at an instant; null where the channel has none or the touch names none. */
export function campaignOn(world: World, channel: number, time: number, random: Random): string | null {
  const own = campaignsOf(world)[channel] ?? [];
  if (own.length === 0 || random.chance(0.12)) return null;
  const drawn = own[random.int(0, own.length - 1)];
  const running = drawn && (drawn.to === null || dayOf(time) <= drawn.to) ? drawn : own[0];
  return running?.name ?? null;
}

/** Writes the campaigns and what each cost on each day. */
export function writeSpend(world: World, rows: Rows): void {
  const random = Random.fork(world.size.seed, 'spend');
  const campaigns = campaignsOf(world);
  for (const campaign of campaigns.flat()) {
    rows.add(
      'marketing_campaigns',
      channels[campaign.channel]?.id ?? '',
      campaign.name,
      campaign.status,
      campaign.from,
      campaign.to,
    );
  }
  for (let d = world.firstDay; d <= world.lastDay; d++) {
    const position = (d - world.firstDay) / (world.lastDay - world.firstDay + 1);
    const pace = (0.9 + 0.2 * position) * (world.scale / 365);
    for (const [i, channel] of channels.entries()) {
      const running = (campaigns[i] ?? []).filter((campaign) => campaign.to === null || d <= campaign.to);
      for (const campaign of running) {
        const amount = Math.round(channel.spend * pace * random.logNormal(0.98, 0.18) * 100) / running.length / 100;
        const clicks = channel.click === null ? null : random.poisson(amount / channel.click);
        const shown =
          clicks === null || channel.impressions === null
            ? null
            : Math.max(clicks, random.poisson(clicks * channel.impressions));
        // The newest day's clicks have not been reported by every channel.
        const known = channel.id === 'facebook' && d === world.lastDay ? null : clicks;
        rows.add(
          'marketing_spend',
          random.uuid(d * day),
          channel.id,
          campaign.name,
          cents(amount),
          'USD',
          d,
          shown,
          known,
          d * day,
        );
        addTotal(world, world.totals.spend, d, cents(amount));
      }
    }
  }
}
