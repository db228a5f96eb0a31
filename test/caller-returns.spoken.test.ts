import { join } from 'node:path';
import { expect, test } from 'vitest';
import { levelDbfs } from '../src/audio/index.ts';
import { readSpokenTurn } from '../src/cli/caller/index.ts';
import { trailResponse } from '../src/protocol/index.ts';
import { eventsOf, trailFaults, transcriptOf } from './support/callers.ts';
import { startLine, testFolder } from './support/line.ts';
import { callOverPeer } from './support/peer-page.ts';

const voice = (name: string): Promise<Int16Array> =>
  readSpokenTurn(join(import.meta.dirname, 'voices', `${name}.wav`));
const isLoud = (piece: Int16Array): boolean => levelDbfs(piece) > -40;
const loudMs = (pieces: readonly Int16Array[]): number => pieces.filter(isLoud).length * 20;

test('a caller whose network changes in mid-sentence goes on with the same call', async () => {
  await using folder = await testFolder();
  await using line = await startLine(folder);
  using first = await callOverPeer(line.url, {});
  const { callId, resume } = await first.told('started');
  await first.told('trail', ({ event }) => event.type === 'turn.agent'); // greeted
  await first.speak(await voice('awb-invoice-question'));
  // The specialist asks for the invoice; the network goes in the middle of it.
  await first.told('trail', ({ event }) => event.type === 'handoff.opened');
  // What triage says about it is over, and the specialist speaks.
  await first.told('trail', ({ event }) => event.type === 'turn.agent' && event.seq > 4);
  const from = first.heard.length;
  await expect
    .poll(() => loudMs(first.heard.slice(from)), { timeout: 10_000 })
    .toBeGreaterThan(600);
  const heardBefore = first.events;
  first[Symbol.dispose]();

  using second = await callOverPeer(line.url, {
    resume: { token: resume?.token, afterSeq: heardBefore.at(-1)?.seq },
  });
  expect(await second.told('resumed')).toMatchObject({ callId });
  const asked = await second.told('trail', ({ event }) => event.type === 'turn.agent');
  expect(asked.event).toMatchObject({ agent: 'billing', interrupted: false });
  expect(loudMs(second.heard)).toBeGreaterThan(300); // the rest of the sentence
  await second.speak(await voice('awb-invoice-number'));
  await second.told('trail', ({ event }) => event.type === 'tool.called');
  await second.told('trail', ({ event }) => event.type === 'turn.caller');
  second.send({ type: 'hang_up' });
  expect(await second.told('ended')).toMatchObject({ reason: 'caller_hung_up' });

  const trail = await fetch(`${line.url}/api/calls/${callId}/trail`);
  const { events } = trailResponse.parse(await trail.json());
  const script = transcriptOf({ events });
  expect(trailFaults(events), script).toEqual([]);
  expect(eventsOf(events, 'call.started')[0]?.can).toEqual({
    tap: true,
    inject: true,
    resume: true,
  });
  expect(eventsOf(events, 'caller.returned'), script).toHaveLength(1);
  expect(
    eventsOf(events, 'turn.caller').map(({ text }) => text),
    script,
  ).toHaveLength(2);
  // Between them the two connections were told everything, once and in order.
  expect([...heardBefore, ...second.events]).toEqual(events);
});
