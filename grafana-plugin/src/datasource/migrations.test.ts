import { migrate } from './migrations';
import cases from '../../pkg/model/testdata/migrations.json';

test.each(cases)('$name', ({ stored, expected }) => {
  expect(migrate(stored)).toEqual(expected);
});

test('lists that are none count as empty', () => {
  const odd = { measures: 5, filters: 'x', timeDimensions: {} };
  expect(migrate(odd)).toMatchObject({ measures: [], filters: [], view: '' });
});

test('what Grafana keeps with a query survives', () => {
  const datasource = { uid: 'cube' };
  expect(migrate({ refId: 'B', hide: true, datasource, measures: ['labs.tests'] })).toMatchObject({
    refId: 'B',
    hide: true,
    datasource,
    view: 'labs',
  });
});
