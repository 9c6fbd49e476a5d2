import { config } from '@grafana/runtime';
import { emptyQuery } from '../../datasource/query';
import { dataSourceType, linkTo } from './app';
import type { Question } from './cube';
import { mayAct } from './role';

/** The address of Explore with a question asked there. */
export function exploreLink(uid: string, question: Question): string {
  const datasource = { uid, type: dataSourceType };
  const panes = {
    fua: {
      datasource: uid,
      queries: [{ ...emptyQuery, ...question, refId: 'A', datasource }],
      range: { from: 'now-2y', to: 'now' },
    },
  };
  return `${config.appSubUrl ?? ''}/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

/** Where to look into a question: Explore, or what the figures mean for viewers, whom Grafana lets not explore. */
export function figuresLink(uid: string, question: Question): string {
  return mayAct() ? exploreLink(uid, question) : linkTo('metrics', { view: question.view });
}
