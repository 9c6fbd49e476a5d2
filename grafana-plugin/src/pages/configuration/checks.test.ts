import { dataSourceType } from '../shared/app';
import { checkSources } from './checks';

type Service = Parameters<typeof checkSources>[0];

function service(test: () => Promise<unknown>): Service {
  const list = [
    { uid: 'cube', name: 'Cube', type: dataSourceType },
    { uid: 'grafana', name: '-- Grafana --', type: 'grafana' },
  ];
  return { getList: () => list, get: () => Promise.resolve({ testDatasource: test }) } as unknown as Service;
}

test('tells the health of Cube data sources only', async () => {
  const healthy = service(() => Promise.resolve({ status: 'success', message: 'Cube answers' }));
  expect(await checkSources(healthy)).toEqual([{ uid: 'cube', name: 'Cube', healthy: true, message: 'Cube answers' }]);
});

test('a source that fails is told, not thrown', async () => {
  const broken = service(() => Promise.reject(new Error('Nothing answers')));
  expect(await checkSources(broken)).toEqual([
    { uid: 'cube', name: 'Cube', healthy: false, message: 'Nothing answers' },
  ]);
});
