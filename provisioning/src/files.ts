import * as prettier from 'prettier';
import { ruleGroups } from './alerts/all.ts';
import { ruleFile } from './alerts/rule.ts';
import { dashboards } from './dashboards/all.ts';
import { uidOf } from './dashboard.ts';
import { contactPointFile, optionalFiles } from './notifications/contact-points.ts';
import { messageFile } from './notifications/messages.ts';
import { muteTimeFile, policyFile } from './notifications/policies.ts';

/** What Grafana reads, by path below provisioning/. */
export async function files(): Promise<Map<string, string>> {
  const made: [string, unknown][] = [
    ...dashboards.map((built): [string, unknown] => [
      `dashboards/${(built.uid ?? '').slice(uidOf('').length)}.json`,
      built,
    ]),
    ...ruleGroups.map((group): [string, unknown] => [`alerting/rules-${group.name}.json`, ruleFile(group)]),
    ['alerting/contact-points.json', contactPointFile],
    ['alerting/message-templates.json', messageFile],
    ['alerting/mute-times.json', muteTimeFile],
    ['alerting/policies.json', policyFile],
    ...optionalFiles,
  ];
  const texts = made.map(async ([path, content]): Promise<[string, string]> => {
    const options = { ...(await prettier.resolveConfig(import.meta.filename)), parser: 'json' };
    return [path, await prettier.format(JSON.stringify(content), options)];
  });
  return new Map(await Promise.all(texts));
}
