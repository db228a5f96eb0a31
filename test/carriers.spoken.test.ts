import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  followTrail,
  placeCarrierCall,
  telnyxSide,
  vonageSide,
  type CarrierSide,
} from '../src/cli/carrier/index.ts';
import { callerSays, eventsOf, handoffsOf, trailFaults, transcriptOf } from './support/callers.ts';
import { startLine, testFolder, type TestFolder, type TestLine } from './support/line.ts';

const keys = generateKeyPairSync('ed25519');
const signatureSecret = 'a secret of this test';
const publicUrl = 'https://line.example';
const from = '+15005550006';

let folder: TestFolder;
let line: TestLine;
beforeAll(async () => {
  folder = await testFolder();
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  line = await startLine({
    ...folder,
    env: {
      TELNYX_PUBLIC_KEY: publicKey.toString('base64'),
      TELNYX_API_URL: 'http://127.0.0.1:9', // nobody: no caller is asked for here
      VONAGE_SIGNATURE_SECRET: signatureSecret,
      PUBLIC_URL: publicUrl,
    },
  });
});
afterAll(async () => {
  await line.stop();
  await folder[Symbol.asyncDispose]();
});

test.each<[string, () => CarrierSide]>([
  ['telnyx', () => telnyxSide({ privateKey: keys.privateKey, from })],
  ['vonage', () => vonageSide({ signatureSecret, from })],
])('a call by %s is greeted, put through, and hears the goodbye whole', async (channel, play) => {
  // Who is not let go says goodbye again.
  const turns = await callerSays(
    'kal16-invoice-question',
    ...['kal16-goodbye', 'kal16-goodbye', 'kal16-goodbye'],
  );
  const trail = followTrail({
    ...{ url: line.url, channel, sinceMs: Date.now() },
    onEvent: () => undefined,
  });
  const held = await placeCarrierCall({
    ...{ side: play(), url: line.url, publicUrl },
    turns: turns.filter((turn) => turn.type === 'speak'),
  });
  const events = await trail.finish();
  const script = transcriptOf({ events });
  expect(trailFaults(events), script).toEqual([]);
  expect(eventsOf(events, 'turn.agent')[0]?.text, script).toMatch(/^Hello.*help you\?$/);
  expect(handoffsOf({ events })[0], script).toBe('triage>billing');
  expect(eventsOf(events, 'call.ended')[0]?.reason, script).toBe('agent_ended');
  expect(eventsOf(events, 'turn.agent').at(-1), script).toMatchObject({ interrupted: false });
  expect(held).toMatchObject({ endedBy: 'answer', streams: 1, unheardMs: 0 });
});
