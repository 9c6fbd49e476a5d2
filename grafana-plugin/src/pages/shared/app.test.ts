import { linkTo, pageAt } from './app';

test('an address leads to its page, with or without a slash and under a sub-path', () => {
  expect(pageAt('/a/fairunderwriting-analytics-app')).toBe('home');
  expect(pageAt('/a/fairunderwriting-analytics-app/')).toBe('home');
  expect(pageAt('/grafana/a/fairunderwriting-analytics-app/churn')).toBe('churn');
  expect(pageAt('/a/fairunderwriting-analytics-app/nowhere')).toBeUndefined();
});

test('a link holds its state, escaped, and nothing empty', () => {
  expect(linkTo('alerts')).toBe('/a/fairunderwriting-analytics-app/alerts');
  expect(linkTo('alerts', { status: '', alert: undefined })).toBe('/a/fairunderwriting-analytics-app/alerts');
  expect(linkTo('churn', { risk: 'high', search: 'a&b' })).toBe(
    '/a/fairunderwriting-analytics-app/churn?risk=high&search=a%26b'
  );
});
