import { serve } from '../testing/server';
import { request } from './request';

test.each([
  ['of the server', { message: 'Who are you?' }, 'Who are you?'],
  ['of a service', { error: 'No such customer.' }, 'No such customer.'],
  ['of a query', { results: { A: { status: 400, error: 'No member churn_risk.x.' } } }, 'No member churn_risk.x.'],
  ['that say nothing', {}, 'The request failed (400).'],
])('a failed request tells the words %s', async (_, body, words) => {
  serve(() => ({ status: 400, body }));
  await expect(request('/api/ds/query')).rejects.toMatchObject({ status: 400, message: words });
});
