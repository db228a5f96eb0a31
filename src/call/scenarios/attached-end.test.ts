import { describe, expect, it } from 'vitest';
import { attached } from '../testing/attached-harness.ts';
import { quiet, until } from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';

const greeting: ScriptedPart = { say: 'How can I help you?', ms: 1000, itemId: 'item_1' };

describe('an attached call ends', () => {
  const goodbye: ScriptedPart = { say: 'Goodbye, and thank you.', ms: 800, itemId: 'item_bye' };
  const hangUp: ScriptedPart = { call: 'end_call', arguments: '{}', callId: 'c_end' };

  it('after the goodbye was heard, and at the engine', async () => {
    await using h = await attached({ script: [[goodbye, hangUp]] });
    await until(async () => (await h.types()).includes('tool.returned'));
    await quiet(h);
    expect(await h.types()).not.toContain('call.ended');
    await h.plays('started', 'resp_1');
    await quiet(h);
    h.clock.advance(1_500);
    expect(await h.types()).not.toContain('call.ended');
    expect(h.calls.of('hangup')).toEqual([]);
    await h.plays('stopped', 'resp_1');
    expect(await h.call.ended).toMatchObject({ reason: 'agent_ended' });
    expect((await h.types()).slice(-2)).toEqual(['turn.agent', 'call.ended']);
    expect(h.calls.of('hangup')).toMatchObject([
      { callId: 'rtc_9', authorization: 'Bearer secret' },
    ]);
  });

  it('when the engine says that the call is over', async () => {
    await using h = await attached({ script: [[greeting]] });
    h.session.close(1000);
    expect(await h.call.ended).toMatchObject({ reason: 'caller_hung_up' });
    expect(await h.types()).not.toContain('engine.failed');
  });

  it('when the engine is lost, whose call is ended in case it goes on', async () => {
    await using h = await attached({ script: [[greeting]] });
    h.session.drop();
    expect(await h.call.ended).toMatchObject({ reason: 'engine_lost' });
    expect(h.calls.of('hangup')).toHaveLength(1);
  });

  it('in the middle of a cut, of which nothing is asked any more', async () => {
    await using h = await attached({ script: [[greeting]] });
    await h.plays('started', 'resp_1');
    h.clock.advance(800);
    h.session.speechStarted('item_c1');
    await until(async () => (await h.types()).includes('audio.interrupted'));
    h.call.hangUp();
    await h.call.ended;
    h.clock.advance(250);
    await quiet(h);
    expect(h.session.of('conversation.item.truncate')).toEqual([]);
    expect((await h.types()).slice(-2)).toEqual(['turn.agent', 'call.ended']);
  });

  it('though the engine knows of no call to hang up', async () => {
    await using h = await attached({ script: [[greeting]] });
    h.calls.refuse('hangup', 404);
    h.call.hangUp();
    expect(await h.call.ended).toMatchObject({ reason: 'caller_hung_up' });
  });
});
