import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { levelDbfs, readWav } from '../src/audio/index.ts';
import {
  followTrail,
  placeCarrierCall,
  twilioSide,
  type PhoneTurn,
  type PhoneTurnChoice,
} from '../src/cli/carrier/index.ts';
import type { ListeningCaller } from '../src/cli/caller/index.ts';
import type { TrailEvent } from '../src/protocol/index.ts';
import { startFakeCallsApi, type FakeCallsApi } from '../src/testing/fake-calls-api.ts';
import {
  callerAnswers,
  callerSays,
  eventsOf,
  handoffsOf,
  identityAnswers,
  patients,
  spoken,
  trailFaults,
  transcriptOf,
} from './support/callers.ts';
import { startLine, testFolder, type TestFolder, type TestLine } from './support/line.ts';

const account = {
  accountSid: 'AC00000000000000000000000000000001',
  authToken: 'a token of this test',
  publicUrl: 'https://line.example',
};

let folder: TestFolder;
let api: FakeCallsApi;
let line: TestLine;
beforeAll(async () => {
  folder = await testFolder();
  api = await startFakeCallsApi(account);
  line = await startLine({
    ...folder,
    env: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      PUBLIC_URL: account.publicUrl,
      TWILIO_API_URL: api.url,
    },
  });
});
afterAll(async () => {
  await line.stop();
  await api[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function call(caller: readonly PhoneTurn[] | ListeningCaller) {
  const told: TrailEvent[] = [];
  const trail = followTrail({
    ...{ url: line.url, channel: 'twilio', sinceMs: Date.now() },
    onEvent: (event) => told.push(event),
  });
  const { sid: callId } = api.addCall(`CA${randomBytes(16).toString('hex')}`);
  const side = await twilioSide({ ...account, from: '+15005550006', callId });
  const { publicUrl } = account;
  const turns = typeof caller === 'function' ? listeningTo(told, caller) : caller;
  const held = await placeCarrierCall({ side, publicUrl, url: line.url, turns, record: true });
  const events = await trail.finish();
  return { ...held, events, script: transcriptOf({ events }) };
}

/** A caller who hears what the trail tells of the agents: there are no captions on a telephone. */
function listeningTo(told: readonly TrailEvent[], caller: ListeningCaller): PhoneTurnChoice {
  let listenedTo = 0;
  const said = (): string =>
    eventsOf(told.slice(listenedTo), 'turn.agent')
      .map(({ text }) => text)
      .join(' ');
  return async () => {
    await vi.waitFor(() => assert(said() !== ''), { timeout: 2_000 }).catch(() => undefined); // silence is heard, too
    const heard = said();
    listenedTo = told.length;
    const [turn] = await caller(heard);
    return turn === undefined || turn.type === 'type' ? null : turn;
  };
}

/** Who is not let go says goodbye again. */
function untilLetGo(caller: ListeningCaller, goodbye: ListeningCaller): ListeningCaller {
  let goodbyes = 0;
  return async (heard) => {
    const turns = await caller(heard);
    if (turns.length > 0 || goodbyes === 2) return turns;
    goodbyes += 1;
    return goodbye(heard);
  };
}

/** The recorded callers' turns; nobody types on a telephone. */
const says = async (...names: readonly string[]): Promise<PhoneTurn[]> =>
  (await callerSays(...names)).filter((turn) => turn.type !== 'type');

test('a call by telephone goes from triage to billing and back, and its goodbye is heard whole', async () => {
  const { events, script, endedBy, unheardMs, recording } = await call(
    untilLetGo(callerAnswers('kal16', { answers: identityAnswers('kal16') }), () =>
      callerSays('kal16-goodbye'),
    ),
  );
  expect(trailFaults(events), script).toEqual([]);
  expect(events[0], script).toMatchObject({ type: 'call.started', channel: 'twilio' });
  expect(handoffsOf({ events }).slice(0, 1), script).toEqual(['triage>billing']);
  const lookup = eventsOf(events, 'tool.returned').findLast(
    ({ tool }) => tool === 'lookup_invoice',
  );
  expect(lookup, script).toMatchObject({ ok: true });
  expect(lookup?.output).toContain(`INV-${patients.kal16.invoice}`);

  expect(eventsOf(events, 'call.ended')[0]?.reason, script).toBe('agent_ended');
  expect(endedBy).toBe('answer');
  expect(eventsOf(events, 'turn.agent').at(-1), script).toMatchObject({ interrupted: false });
  expect(unheardMs).toBe(0);
  const [caller, agent] = readWav(recording ?? new Uint8Array()).channels;
  expect(levelDbfs(caller ?? new Int16Array())).toBeGreaterThan(-50);
  expect(levelDbfs(agent ?? new Int16Array())).toBeGreaterThan(-50);
});

test('speaking over the agent clears what the carrier holds, and only what was heard is on the trail', async () => {
  const cutIn = await spoken('kal16-invoice-question', { interruptAfterMs: 900 });
  const { events, script } = await call(cutIn.type === 'type' ? [] : [cutIn]);
  const [greeting] = eventsOf(events, 'turn.agent');
  expect(eventsOf(events, 'audio.interrupted'), script).not.toEqual([]);
  expect(greeting, script).toMatchObject({ interrupted: true });
  expect(greeting?.heardMs).toBeLessThan(2_500);
  expect(greeting?.text, script).toMatch(/^Hello/);
  expect(greeting?.text, script).not.toContain('help you');
  expect(handoffsOf({ events })[0], script).toBe('triage>billing');
});

test('F11: a caller whose stream is lost comes back into the same call', async () => {
  const [question] = await says('kal16-invoice-question');
  const [number] = await says('kal16-invoice-number');
  const { events, script, streams } = await call([
    ...(question ? [question] : []),
    { type: 'lose' },
    ...(number ? [number] : []),
  ]);
  expect(streams, script).toBe(2);
  expect(trailFaults(events), script).toEqual([]);
  expect(eventsOf(events, 'caller.away'), script).toHaveLength(1);
  expect(eventsOf(events, 'caller.returned'), script).toHaveLength(1);
  const back = events.findIndex(({ type }) => type === 'caller.returned');
  expect(eventsOf(events.slice(back), 'turn.caller').length, script).toBeGreaterThan(0);
  expect(eventsOf(events.slice(back), 'turn.caller')[0]).toMatchObject({ agent: 'billing' });
});

test('keys are told to the agent, and are on the trail', async () => {
  const { events, script } = await call([{ type: 'press', keys: '1042#' }]);
  expect(eventsOf(events, 'caller.keyed'), script).toMatchObject([{ keys: '1042' }]);
});
