import type { ClientBase, Pool } from 'pg';
import type { InterventionChannel, InterventionType } from './recommend.ts';

interface TypeRow {
  type: string;
  channel: InterventionChannel;
  title: string;
  message: string;
  priority: number;
  assumed_impact: number;
}

/** The interventions that are offered, with the impact that the settings assume. */
export async function readInterventionTypes(database: ClientBase | Pool): Promise<InterventionType[]> {
  const { rows } = await database.query<TypeRow>(
    `select type, channel, title, message, priority, assumed_impact::float8 as assumed_impact
     from intervention_types where is_offered order by type`,
  );
  return rows.map(({ assumed_impact: expectedImpact, ...type }) => ({ ...type, expectedImpact, basis: 'assumption' }));
}
