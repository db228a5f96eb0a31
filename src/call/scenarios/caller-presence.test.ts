import { expect, it } from 'vitest';
import { harness, quiet, until } from '../testing/call-harness.ts';

it('has on its trail that the caller was away, once, and for how long', async () => {
  await using line = await harness();
  line.call.callerReturned(); // never away
  line.call.callerAway();
  line.call.callerAway();
  line.clock.advance(4_000);
  line.call.callerReturned();
  line.call.hangUp();
  await line.call.ended;
  line.call.callerAway(); // too late
  const trail = await line.trail();
  expect(trail.filter(({ type }) => type.startsWith('caller.'))).toEqual([
    expect.objectContaining({ type: 'caller.away' }),
    expect.objectContaining({ type: 'caller.returned', awayMs: 4_000 }),
  ]);
  expect(trail.at(-1)).toMatchObject({ type: 'call.ended' });
});

it('says on its trail what can be done with its audio', async () => {
  await using line = await harness();
  const [started] = await line.trail();
  expect(started).toMatchObject({ type: 'call.started', can: line.leg.can });
});

it('cuts what is said to nobody, and tells the engine how much of it was heard', async () => {
  await using line = await harness({
    script: [[{ say: 'Hello, how can I help?', ms: 2_000, itemId: 'item_1', open: true }]],
  });
  await until(() => line.leg.queuedMs() > 0, 'the greeting');
  await quiet(line);
  line.leg.hear(500);
  line.call.cutSpeech();
  await until(() => line.session.of('conversation.item.truncate').length > 0, 'the truncation');
  expect(line.session.of('response.cancel')).toHaveLength(1); // what is still being said
  expect(line.session.of('conversation.item.truncate')[0]).toMatchObject({ audio_end_ms: 500 });
  expect(line.leg.clears).toBe(1);
  line.clock.advance(1_000);
  await until(async () => (await line.types()).includes('turn.agent'), 'what was heard');
  expect((await line.trail()).at(-1)).toMatchObject({ heardMs: 500, interrupted: true });
  expect(await line.types()).not.toContain('audio.interrupted'); // nobody interrupted
  line.call.cutSpeech(); // nothing to cut
  await quiet(line);
  expect(line.session.of('conversation.item.truncate')).toHaveLength(1);
  expect(line.session.faults).toEqual([]);
});
