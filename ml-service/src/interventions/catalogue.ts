import type { ClientBase, Pool } from 'pg';
import { measuredImpact, readEffects } from './effects.ts';
import type { InterventionChannel, InterventionType } from './recommend.ts';

interface TypeRow {
  type: string;
  channel: InterventionChannel;
  title: string;
  message: string;
  priority: number;
  assumed_impact: number;
}

/** The interventions that are offered, each with its measured impact, or else the assumed one. */
export async function readInterventionTypes(database: ClientBase | Pool): Promise<InterventionType[]> {
  const { rows } = await database.query<TypeRow>(
    `select type, channel, title, message, priority, assumed_impact::float8 as assumed_impact
     from intervention_types where is_offered order by type`,
  );
  const measured = new Map((await readEffects(database)).map((effect) => [effect.type, measuredImpact(effect)]));
  return rows.map(({ assumed_impact, ...type }) => {
    const impact = measured.get(type.type) ?? null;
    return { ...type, expectedImpact: impact ?? assumed_impact, basis: impact === null ? 'assumption' : 'measured' };
  });
}

/** Keeps what is offered for a while: it changes seldom, and every prediction needs it. */
export class InterventionCatalogue {
  private read: Promise<InterventionType[]> | undefined;
  private readAt = -Infinity;

  /** @param keepFor milliseconds */
  constructor(
    private readonly database: Pool,
    private readonly keepFor = 60_000,
  ) {}

  types(): Promise<InterventionType[]> {
    const now = performance.now();
    if (this.read === undefined || now - this.readAt >= this.keepFor) {
      this.readAt = now;
      const read = readInterventionTypes(this.database);
      // A failure is not kept: the next one asks again.
      read.catch(() => (this.read = this.read === read ? undefined : this.read));
      this.read = read;
    }
    return this.read;
  }
}
