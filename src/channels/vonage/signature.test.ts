import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createSignatureCheck } from './signature.ts';

const secret = 'the signature secret of the account';
const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

function check() {
  const clock = manualClock();
  const judge = createSignatureCheck({ signatureSecret: secret, clock });
  const isSigned = (webhook: { body: string; authorization: string | undefined }): boolean =>
    judge({ body: webhook.body, headers: { authorization: webhook.authorization } });
  const bearer = (
    body: string,
    more: {
      readonly alg?: string;
      readonly key?: string;
      readonly agoSeconds?: number;
      readonly claims?: object;
    } = {},
  ): string => {
    const { alg = 'HS256', key = secret, agoSeconds = 0 } = more;
    const iat = Math.floor(clock.nowMs() / 1_000) - agoSeconds;
    const payload_hash = createHash('sha256').update(body).digest('hex');
    const signed = `${base64url({ alg, typ: 'JWT' })}.${base64url({
      ...{ iat, jti: 'c5ba8f24', iss: 'Vonage', payload_hash, api_key: 'a1b2c3d' },
      ...more.claims,
    })}`;
    return `Bearer ${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  };
  return { isSigned, bearer };
}
const body = '{"from":"447700900001","conversation_uuid":"CON-1"}';

it('takes what the account signed, to the byte', () => {
  const { isSigned, bearer } = check();
  expect(isSigned({ body, authorization: bearer(body) })).toBe(true);
  expect(isSigned({ body: `${body} `, authorization: bearer(body) })).toBe(false);
  expect(isSigned({ body: '', authorization: bearer(body) })).toBe(false);
});

it('takes nothing that another secret signed, or none, or in another way', () => {
  const { isSigned, bearer } = check();
  for (const authorization of [
    ...[bearer(body, { key: 'another' }), bearer(body, { key: '' })],
    ...[bearer(body, { alg: 'none' }), bearer(body, { alg: 'HS512' })],
    ...[undefined, '', 'Bearer ..', 'Bearer a.b.c', bearer(body).replace(/\.[^.]+$/, '.')],
    ...[bearer(body).replace('Bearer', 'Basic'), `${bearer(body)}A`],
  ]) {
    expect(isSigned({ body, authorization }), authorization).toBe(false);
  }
});

it('takes nothing that is more than five minutes off, or has no time or no hash', () => {
  const { isSigned, bearer } = check();
  expect(isSigned({ body, authorization: bearer(body, { agoSeconds: 298 }) })).toBe(true);
  expect(isSigned({ body, authorization: bearer(body, { agoSeconds: 302 }) })).toBe(false);
  expect(isSigned({ body, authorization: bearer(body, { agoSeconds: -302 }) })).toBe(false);
  for (const claims of [{ iat: 'now' }, { payload_hash: undefined }, { payload_hash: '' }]) {
    expect(isSigned({ body, authorization: bearer(body, { claims }) })).toBe(false);
  }
});
