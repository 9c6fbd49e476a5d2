import type { TestCube } from '../../support/cube.ts';
import { timed } from '../timing.ts';
import { ask, everyone } from './times.ts';

interface Member {
  name: string;
  type: string;
  meta?: { selector?: boolean };
}

interface View {
  name: string;
  measures: Member[];
  dimensions: Member[];
}

export interface ViewTime {
  view: string;
  query: object;
  /** Milliseconds; what Cube said where it did not answer. */
  took: number | string;
}

/** A plain question to each public view: its first measures by its first name or kind, by month where it has a date. */
export async function timeViews(cube: TestCube): Promise<ViewTime[]> {
  const { body } = await cube.get('meta', cube.token(everyone));
  const times: ViewTime[] = [];
  for (const view of body['cubes'] as View[]) {
    const query = plainQuestion(view);
    try {
      times.push({ view: view.name, query, took: (await timed(() => ask(cube, query))).ms });
    } catch (error) {
      times.push({ view: view.name, query, took: error instanceof Error ? error.message : String(error) });
    }
  }
  return times;
}

export function plainQuestion({ measures, dimensions }: View): object {
  const free = dimensions.filter(({ meta }) => meta?.selector !== true);
  const date = free.find(({ type }) => type === 'time');
  const split = free.find(({ name, type }) => type === 'string' && !/_id$|\.(customer|path|evidence)/.test(name));
  return {
    measures: measures.slice(0, 3).map(({ name }) => name),
    ...(split && { dimensions: [split.name] }),
    ...(date && { timeDimensions: [{ dimension: date.name, granularity: 'month' }] }),
  };
}
