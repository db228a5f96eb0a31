import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createKeys, presentedKey } from './keys.ts';

it('lets a secret in until it expires, any number of times', () => {
  const clock = manualClock(0);
  const keys = createKeys('main', clock);
  const config = { type: 'realtime', instructions: 'Be brief.' } as const;
  const secret = keys.mint({ config, lifeSeconds: 60 });
  expect(secret).toMatchObject({ expiresAtSeconds: 60 });
  const value = secret?.value ?? '';
  clock.advance(59_000);
  for (let count = 0; count < 2; count += 1) {
    expect(keys.holderOf(value)).toEqual({ kind: 'client', config });
  }
  clock.advance(1_000);
  expect(keys.holderOf(value)).toBeNull();
  expect(keys.holderOf('main')).toEqual({ kind: 'owner' });
  for (const wrong of [null, '', 'mai', 'main ', 'ek_', `${value}0`]) {
    expect(keys.holderOf(wrong)).toBeNull();
  }
});

it('makes no more secrets than it can keep, until some have expired', () => {
  const clock = manualClock();
  const keys = createKeys('main', clock);
  const mint = () => keys.mint({ config: null, lifeSeconds: 10 });
  for (let count = 0; count < 10_000; count += 1) expect(mint()).not.toBeNull();
  expect(mint()).toBeNull();
  clock.advance(10_000);
  expect(mint()).not.toBeNull();
});

it('finds the key in the header or, where a browser can set none, in the subprotocol', () => {
  expect(presentedKey({ authorization: 'Bearer abc' })).toBe('abc');
  expect(presentedKey({ authorization: 'Basic abc' })).toBeNull();
  const protocols = 'realtime, openai-insecure-api-key.ek_1, other';
  expect(presentedKey({ 'sec-websocket-protocol': protocols })).toBe('ek_1');
  expect(presentedKey({ 'sec-websocket-protocol': 'realtime' })).toBeNull();
  expect(presentedKey({})).toBeNull();
});
