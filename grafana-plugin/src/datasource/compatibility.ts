import { t } from '../i18n/t';
import { findMember, type Member, type View } from './meta';
import type { CubeQuery, Filter } from './query';

/** Why a measure cannot be shown in the query's format. */
export function againstMeasure({ format }: CubeQuery, measure: Member): string | undefined {
  const isText = measure.type === 'string' || measure.type === 'time';
  return format === 'time_series' && isText ? t('against.no-number', 'No number: it shows in a table only') : undefined;
}

/** Why a dimension cannot be grouped by. */
export function againstDimension({ timeDimension }: CubeQuery, dimension: Member): string | undefined {
  const isTime = Boolean(timeDimension?.granularity) && timeDimension?.dimension === dimension.name;
  return isTime ? t('against.time-column', 'It is the time column already') : undefined;
}

/** Why a member cannot be used in a condition among others; `inOr` tells whether any of them suffices. */
export function againstFilter(view: View, others: Filter[], inOr: boolean, member: Member): string | undefined {
  if (inOr && member.selector) {
    return t('against.selector', 'It chooses what is computed: filter it by itself, outside “any of”');
  }
  const [other] = others.flatMap((filter) => ('member' in filter ? filter.member : []));
  if (inOr && other !== undefined && isMeasure(view, other) !== isMeasure(view, member.name)) {
    return t('against.mixed', 'An “any of” cannot mix measures and dimensions: measures are known only after grouping');
  }
  return undefined;
}

function isMeasure(view: View, name: string): boolean {
  return view.measures.some((measure) => measure.name === name);
}

/** What the rows can be ordered by: only what the query selects. */
export function orderable(query: CubeQuery, view: View): Member[] {
  const { measures, dimensions, timeDimension } = query;
  const names = [...measures, ...dimensions, ...(timeDimension?.granularity ? [timeDimension.dimension] : [])];
  return names.map((name) => findMember(view, name) ?? { name, title: name, shortTitle: name });
}
