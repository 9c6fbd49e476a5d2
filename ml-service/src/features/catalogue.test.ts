import { describe, expect, test } from '@jest/globals';
import { factorSentence, features, featureNamed, trainedFeatures } from './catalogue.ts';

describe('feature catalogue', () => {
  test.each([
    ['days_since_last_activity', 45.7, 0.3, 'No activity for 45 days: raises the risk'],
    ['days_since_last_activity', 0.2, -0.3, 'Active within the last day: lowers the risk'],
    ['days_since_last_activity', null, 0.3, 'No activity so far: raises the risk'],
    ['activity_change', -2.5, 0.1, '2.5 active days a month fewer than before: raises the risk'],
    ['activity_change', 0, 0, 'As active as before: does not change the risk'],
    ['counseling_attended', false, 0.2, 'No counselling attended: raises the risk'],
    ['counseling_attended', undefined, 0.2, 'Not known whether counselling was attended: raises the risk'],
    ['tickets_60d', 0, -0.1, 'No support tickets in 60 days: lowers the risk'],
    ['tickets_60d', 1, 0.1, '1 support ticket in 60 days: raises the risk'],
    ['email_open_rate_180d', 0.304, -0.1, '30% of e-mails opened in 180 days: lowers the risk'],
    ['price_change_180d', 0.1, 0.1, 'Price up 10% in 180 days: raises the risk'],
    ['price_change_180d', -0.25, -0.1, 'Price down 25% in 180 days: lowers the risk'],
    ['nps_score', 9, -0.1, 'Recommendation rated 9 of 10: lowers the risk'],
    ['payer_type', 'self_pay', 0.1, 'Payer: self pay: raises the risk'],
    ['genotype', null, 0.1, 'Genotype unknown: raises the risk'],
  ])('says what %s of %p does (%p)', (name, value, contribution, sentence) => {
    expect(factorSentence(name, value, contribution)).toBe(sentence);
  });

  test('leaves genotype out unless it is switched on', () => {
    expect(trainedFeatures(false).map(({ name }) => name)).not.toContain('genotype');
    expect(trainedFeatures(true)).toEqual(features);
    expect(features.filter(({ isSensitive }) => isSensitive).map(({ name }) => name)).toEqual(['genotype']);
  });

  test('knows no other feature', () => {
    expect(() => featureNamed('sex')).toThrow('There is no feature sex.');
  });
});
