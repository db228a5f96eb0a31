import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createSignatureCheck } from './signature.ts';

const account = generateKeyPairSync('ed25519');
const another = generateKeyPairSync('ed25519');
const publicKey = account.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);

function check() {
  const clock = manualClock();
  const isSigned = createSignatureCheck({ publicKey: publicKey.toString('base64'), clock });
  const nowSeconds = (): number => Math.floor(clock.nowMs() / 1_000);
  const webhook = (body: string, seconds = nowSeconds(), key = account.privateKey) => ({
    body,
    headers: {
      'telnyx-timestamp': String(seconds),
      'telnyx-signature-ed25519': sign(null, Buffer.from(`${seconds}|${body}`), key).toString(
        'base64',
      ),
    },
  });
  return { clock, isSigned, webhook, nowSeconds };
}

it('takes what the account signed, to the byte', () => {
  const { isSigned, webhook } = check();
  const signed = webhook('CallSid=v3%3Aabc&From=%2B442079460001');
  expect(isSigned(signed)).toBe(true);
  expect(isSigned({ ...signed, body: 'CallSid=v3%3Aabc&From=%2B442079460002' })).toBe(false);
  expect(isSigned({ ...signed, body: 'CallSid=v3:abc&From=%2B442079460001' })).toBe(false);
});

it('takes nothing that another key signed', () => {
  const { isSigned, webhook, nowSeconds } = check();
  expect(isSigned(webhook('a=1', nowSeconds(), another.privateKey))).toBe(false);
});

it('takes nothing whose time was altered, is five minutes off, or is none', () => {
  const { isSigned, webhook, nowSeconds } = check();
  expect(isSigned(webhook('a=1', nowSeconds() - 299))).toBe(true);
  expect(isSigned(webhook('a=1', nowSeconds() - 302))).toBe(false);
  expect(isSigned(webhook('a=1', nowSeconds() + 302))).toBe(false);
  const signed = webhook('a=1', nowSeconds() - 302);
  for (const timestamp of [String(nowSeconds()), '', 'soon', '-1', '1e3', undefined]) {
    const headers = { ...signed.headers, 'telnyx-timestamp': timestamp };
    expect(isSigned({ ...signed, headers })).toBe(false);
  }
});

it('takes no signature of another form, and never throws at one', () => {
  const { isSigned, webhook } = check();
  const signed = webhook('a=1');
  const name = 'telnyx-signature-ed25519';
  const right = signed.headers[name];
  for (const signature of [
    undefined,
    '',
    '=',
    'AAAA',
    `${right}A`,
    'A'.repeat(88),
    [right, right],
  ]) {
    expect(isSigned({ ...signed, headers: { ...signed.headers, [name]: signature } })).toBe(false);
  }
});
