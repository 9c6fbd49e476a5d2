import { describe, expect, test } from '@jest/globals';
import { checkSignature, checkToken, sign } from './authenticate.ts';

const secret = 'a secret of this test, of some length';
const body = Buffer.from('{"alerts":[]}');
const at = 1_790_000_000;
const now = at * 1_000;
const signed = (timestamp: string, signature = sign(secret, timestamp, body)) => ({
  'x-grafana-alerting-signature': signature,
  'x-grafana-alerting-timestamp': timestamp,
});

describe('the signature', () => {
  test('is the HMAC-SHA256 in hex that Grafana makes', () => {
    // echo -n '1790000000:{"alerts":[]}' | openssl dgst -sha256 -hmac 'a secret of this test, of some length'
    expect(sign(secret, String(at), body)).toBe('0453ca0adb664d251a74edb146b110e58633140ad867ac6674f00710227473a5');
  });

  test.each([at, at - 300, at + 300])('of %d is taken', (time) => {
    expect(() => checkSignature({ secret }, signed(String(time)), body, now)).not.toThrow();
  });

  test.each([
    ['without headers', {}, 'must be signed'],
    ['without a time', { 'x-grafana-alerting-signature': sign(secret, String(at), body) }, 'must be signed'],
    ['of six minutes ago', signed(String(at - 360)), 'compare the clocks'],
    ['of the future', signed(String(at + 360)), 'compare the clocks'],
    ['with a time that is none', signed('now'), 'compare the clocks'],
    [
      'of another secret',
      signed(String(at), sign(`${secret}!`, String(at), body)),
      'signature of the webhook is wrong',
    ],
    ['of another body', signed(String(at), sign(secret, String(at), 'x')), 'signature of the webhook is wrong'],
    ['of another time', signed(String(at), sign(secret, String(at + 1), body)), 'signature of the webhook is wrong'],
    ['that is empty', signed(String(at), ''), 'signature of the webhook is wrong'],
  ])('%s is refused', (_what, headers, message) => {
    expect(() => checkSignature({ secret }, headers, body, now)).toThrow(message);
  });

  test('is not asked for without a secret', () => {
    expect(() => checkSignature({ token: 'x' }, {}, body, now)).not.toThrow();
  });
});

describe('the token', () => {
  const token = 'the token of this test';
  test('is compared whole', () => {
    expect(() => checkToken({ token }, { authorization: `Bearer ${token}` })).not.toThrow();
    for (const authorization of [undefined, '', 'Bearer', `Bearer ${token}x`, token.slice(1)]) {
      expect(() => checkToken({ token }, authorization === undefined ? {} : { authorization })).toThrow('bearer token');
    }
  });

  test('is not asked for when none is set', () => {
    expect(() => checkToken({ secret }, {})).not.toThrow();
  });
});
