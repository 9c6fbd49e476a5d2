import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GrafanaApi } from './api.ts';

/** What Grafana's own scheduler last made of a rule. */
export interface RuleState {
  uid: string;
  state: 'inactive' | 'pending' | 'firing';
  health: string;
  lastError?: string;
  lastEvaluation: string;
  alerts?: { state: string; labels: Record<string, string> }[];
}

/**
 * Has the scheduler judge every rule each half minute. Not more often: an alert that is not confirmed for two intervals
 * may be taken for over, and a judgement that waits for the data source in vain takes 25 seconds.
 */
export async function judgeOften(dataDir: string, grafana: GrafanaApi): Promise<void> {
  const folder = join(dataDir, 'provisioning', 'alerting');
  for (const name of (await readdir(folder)).filter((file) => file.startsWith('rules-'))) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"interval": "\d+m"/, '"interval": "30s"'));
  }
  await grafana.call('POST', 'admin/provisioning/alerting/reload');
}

/** The state of each rule, by uid. */
export async function ruleStates(grafana: GrafanaApi): Promise<Map<string, RuleState>> {
  const { data } = await grafana.call<{ data: { groups: { rules: RuleState[] }[] } }>(
    'GET',
    'prometheus/grafana/api/v1/rules',
  );
  return new Map(data.groups.flatMap(({ rules }) => rules.map((rule) => [rule.uid, rule])));
}

/** Waits until every rule was judged anew. @returns the states then */
export async function judgedAnew(grafana: GrafanaApi, patience = 120_000): Promise<Map<string, RuleState>> {
  const since = Date.now();
  for (;;) {
    const states = await ruleStates(grafana);
    // Grafana says when a judgement was due, not when it was made.
    if ([...states.values()].every(({ lastEvaluation }) => Date.parse(lastEvaluation) > since)) return states;
    if (Date.now() > since + patience) throw new Error('Some rules are not judged any more.');
    await sleep(500);
  }
}
