import { ask, expect, query, test } from './support';

const folder = 'e2e-alerts';
const breaches = query({
  view: 'lab_sla',
  measures: ['lab_sla.sla_breach'],
  dimensions: ['lab_sla.lab_name'],
  timeDimension: { dimension: 'lab_sla.as_of' },
});

interface Rules {
  data: { groups: Array<{ rules: Array<{ alerts?: Array<{ state: string; labels: Record<string, string> }> }> }> };
}

test('an alert rule fires on the rows that its panel shows', async ({ page }) => {
  const { request } = page;
  await request.delete(`/api/v1/provisioning/alert-rules/${folder}`);
  await request.post('/api/folders', { data: { uid: folder, title: folder } });
  const group = { ruleGroup: folder, folderUID: folder, orgID: 1, for: '0s', noDataState: 'OK', execErrState: 'Error' };
  const condition = {
    type: 'threshold',
    expression: 'A',
    conditions: [{ evaluator: { type: 'gt', params: [0] } }],
    refId: 'B',
  };
  const made = await request.post('/api/v1/provisioning/alert-rules', {
    data: {
      ...group,
      uid: folder,
      title: 'A lab breaches its service level',
      condition: 'B',
      data: [
        {
          refId: 'A',
          datasourceUid: breaches.datasource.uid,
          relativeTimeRange: { from: 31_536_000, to: 0 },
          model: breaches,
        },
        { refId: 'B', datasourceUid: '__expr__', relativeTimeRange: { from: 0, to: 0 }, model: condition },
      ],
    },
  });
  expect(made.status(), await made.text()).toBe(201);
  await request.put(`/api/v1/provisioning/folder/${folder}/rule-groups/${folder}`, {
    data: {
      ...(await (await request.get(`/api/v1/provisioning/folder/${folder}/rule-groups/${folder}`)).json()),
      interval: 10,
    },
  });

  const panel = await ask(request, breaches);
  const expected = panel['lab_name']!.filter((_, row) => panel['sla_breach']![row] === 1);
  expect(expected.length).toBeGreaterThan(0);
  const firing = async () => {
    const rules = (await (
      await request.get(`/api/prometheus/grafana/api/v1/rules?folder_uid=${folder}`)
    ).json()) as Rules;
    const alerts = rules.data.groups.flatMap(({ rules: list }) => list.flatMap(({ alerts: found }) => found ?? []));
    return alerts
      .filter(({ state }) => state === 'Alerting')
      .map(({ labels }) => labels['lab_name'])
      .sort();
  };
  await expect.poll(firing, { timeout: 110_000, intervals: [2_000] }).toEqual([...expected].sort());
  await request.delete(`/api/v1/provisioning/alert-rules/${folder}`);
});
