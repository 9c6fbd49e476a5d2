/** Names of the contact points. */
export const record = 'fair-underwriting-record';
export const teams = 'fair-underwriting-teams';
export const page = 'fair-underwriting-page';

const outsideOfHours = 'outside business hours';

/** The file of Grafana's alerting provisioning. */
export const muteTimeFile = {
  apiVersion: 1,
  muteTimes: [
    {
      orgId: 1,
      name: outsideOfHours,
      time_intervals: [
        { weekdays: ['saturday', 'sunday'] },
        {
          weekdays: ['monday:friday'],
          times: [
            { start_time: '00:00', end_time: '08:00' },
            { start_time: '18:00', end_time: '24:00' },
          ],
        },
      ],
    },
  ],
};

type Matcher = [label: string, operator: '=' | '=~', value: string];
const of = (severity: string): Matcher[] => [['severity', '=', severity]];

/** The file of Grafana's alerting provisioning: who is told of what, together with what, and how often. */
export const policyFile = {
  apiVersion: 1,
  policies: [
    {
      orgId: 1,
      // Rules of one's own that say no severity: somebody must see them.
      receiver: teams,
      group_by: ['team', 'alertname'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        // The record has everything, at once, whatever is grouped, muted or delayed for people. An alert that somebody
        // resolved by hand while it still fires is open again after the repeat interval.
        {
          receiver: record,
          continue: true,
          group_by: ['alertname'],
          group_wait: '1s',
          group_interval: '5s',
          repeat_interval: '1h',
        },
        // Each thing pages by itself, and again every hour until it ends.
        {
          receiver: page,
          object_matchers: of('critical'),
          group_by: ['alertname', 'component'],
          group_wait: '5s',
          group_interval: '1m',
          repeat_interval: '1h',
        },
        // A breach stays until somebody acts: remind twice in a working day. What one judgement of a rule finds is told
        // together, and what the next one finds besides, at once.
        {
          receiver: teams,
          object_matchers: of('high'),
          group_by: ['team', 'alertname'],
          group_wait: '5s',
          group_interval: '5s',
          repeat_interval: '4h',
        },
        // One message for a team, once a day.
        {
          receiver: teams,
          object_matchers: of('medium'),
          group_by: ['team'],
          group_wait: '1m',
          group_interval: '15m',
          repeat_interval: '24h',
        },
        // One message for a team, in working hours only.
        {
          receiver: teams,
          object_matchers: of('low'),
          group_by: ['team'],
          group_wait: '5m',
          group_interval: '1h',
          repeat_interval: '72h',
          mute_time_intervals: [outsideOfHours],
        },
      ],
    },
  ],
};
