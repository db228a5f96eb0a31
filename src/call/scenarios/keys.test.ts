import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AudioPiece } from '../../audio/index.ts';
import { deskTool, type KeysRequest, type KeysResult } from '../../desk/index.ts';
import type { Log, LogFields } from '../../lib/index.ts';
import { manualLeg } from '../../testing/manual-leg.ts';
import { harness, quiet, until, type CallHarness } from '../testing/call-harness.ts';

const card = '4111111111111111';
const noted = (h: CallHarness) =>
  h.session.conversation().filter((line) => line.startsWith('user '));

async function live(options: Parameters<typeof harness>[0] = {}): Promise<CallHarness> {
  const h = await harness({ script: [[]], ...options });
  h.session.finish();
  await quiet(h);
  return h;
}

describe('a caller who presses keys', () => {
  it('has said a number, once they pause', async () => {
    await using h = await live();
    h.call.press('12');
    h.call.press('3');
    h.clock.advance(1_000);
    h.call.press('4');
    await quiet(h);
    expect(noted(h)).toEqual([]);
    h.clock.advance(2_000);
    await quiet(h);
    expect(noted(h)).toEqual(['user [The caller pressed 1 2 3 4]']);
    expect(h.session.of('response.create')).toHaveLength(2);
    expect((await h.trail()).at(-1)).toMatchObject({
      ...{ type: 'caller.keyed', agent: 'triage', keys: '1234' },
    });
  });

  it('interrupts the agent as one who speaks does', async () => {
    await using h = await harness({
      script: [[{ say: 'one two three four', ms: 1000, itemId: 'item_1', open: true }]],
    });
    await until(() => h.leg.queuedMs() === 1000);
    h.leg.hear(500);
    h.call.press('1');
    expect(h.leg.queuedMs()).toBe(0);
    await until(() => h.session.of('response.cancel').length === 1);
    expect(h.status()).toContain('caller speaking');
    h.session.finish('cancelled');
    await until(() => h.status() === 'triage listening, caller speaking');
    h.call.press('#');
    await quiet(h);
    expect(noted(h)).toEqual(['user [The caller pressed 1]']);
    expect(await h.types()).toContain('audio.interrupted');
  });

  it('is not taken to press on when all keys came at once', async () => {
    await using h = await live();
    h.call.press('12#');
    await quiet(h);
    expect(h.status()).toBe('triage thinking, caller silent');
    h.session.finish();
    await until(() => h.status() === 'triage listening, caller silent');
    const said = h.session.received.map(({ type }) => type);
    expect(said.lastIndexOf('response.cancel')).toBeLessThan(said.lastIndexOf('response.create'));
  });

  it('is heard by tools and gates', async () => {
    const seen: unknown[] = [];
    await using h = await live({
      desk: (desk) => ({
        ...desk,
        agents: {
          ...desk.agents,
          triage: {
            ...desk.agents['triage']!,
            tools: [
              deskTool({
                name: 'look',
                description: 'Looks.',
                parameters: z.object({}),
                execute: (_input, call) => {
                  seen.push(call.keyed());
                  return {};
                },
              }),
            ],
          },
        },
      }),
    });
    h.session.respond([{ call: 'look', arguments: '{}', callId: 'c1' }]);
    await quiet(h);
    h.session.finish();
    await quiet(h);
    h.call.press('42#');
    await quiet(h);
    h.session.finish();
    await quiet(h);
    h.session.respond([{ call: 'look', arguments: '{}', callId: 'c2' }]);
    await quiet(h);
    expect(seen).toEqual([null, '42']);
  });

  it('A59: presses the number of a card unasked, and it is told to nobody and kept nowhere', async () => {
    await using h = await live();
    h.call.press(`${card}#`);
    await quiet(h);
    expect(noted(h)).toEqual([expect.stringContaining('not kept')]);
    expect(JSON.stringify([h.session.received, await h.trail(), h.leg.notices])).not.toContain(
      card,
    );
    expect((await h.trail()).at(-1)).toMatchObject({ type: 'caller.keyed', keys: '•'.repeat(16) });
  });

  it('is not heard after the end', async () => {
    await using h = await live();
    h.call.press('12');
    h.call.hangUp();
    await h.call.ended;
    h.call.press('3');
    h.clock.advance(5_000);
    expect(await h.types()).not.toContain('caller.keyed');
  });
});

/** A desk whose first agent has a tool that asks for keys. */
function collecting(request: Partial<KeysRequest> = {}, options: { timeoutMs?: number } = {}) {
  const results: KeysResult[] = [];
  const pay = deskTool({
    name: 'pay',
    description: 'Takes a payment.',
    parameters: z.object({}),
    timeoutMs: options.timeoutMs ?? 60_000,
    async execute(_input, call) {
      const result = await call.collectKeys({
        prompt: 'Please key in your card.',
        length: 16,
        ...request,
      });
      results.push(result);
      return result.ok ? { paid: true } : { error: `That did not work: ${result.code}.` };
    },
  });
  const written: string[] = [];
  const write = (message: string, fields?: LogFields): void =>
    void written.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = {
    ...{ debug: write, info: write, warn: write, error: write },
    with: () => log,
  };
  const start = async (more: Parameters<typeof harness>[0] = {}): Promise<CallHarness> => {
    const h = await live({
      ...more,
      desk: (desk) => ({
        ...desk,
        agents: {
          ...desk.agents,
          triage: { ...desk.agents['triage']!, tools: [pay] },
        },
      }),
      call: { log, ...more.call },
    });
    h.session.respond([{ call: 'pay', arguments: '{}', callId: 'c1' }]);
    await until(async () => (await h.types()).includes('tool.called'));
    await quiet(h);
    return h;
  };
  return { results, start, written };
}
const output = (h: CallHarness): string | undefined =>
  h.session.conversation().find((line) => line.startsWith('output c1'));

describe('a tool that asks for keys', () => {
  it('A59: gets a card by keypad that no engine, transcript, trail or log ever has', async () => {
    const { results, start, written } = collecting();
    await using h = await start();
    expect(h.leg.playedItems).toContain('own_1'); // the prompt, in the agent's voice
    h.call.press(card.slice(0, 7));
    await quiet(h);
    h.clock.advance(3_000); // reading it off the card
    h.call.press(card.slice(7));
    await until(() => output(h) !== undefined);
    h.call.press('#'); // out of habit
    h.clock.advance(3_000);
    await quiet(h);
    expect(results).toEqual([{ ok: true, keys: card }]);
    expect(output(h)).toContain('"paid":true');
    expect(noted(h)).toEqual([]);
    const everything = JSON.stringify([
      ...[h.session.received, h.session.conversation(), await h.trail(), h.leg.notices, written],
    ]);
    for (const part of [card, card.slice(0, 7), card.slice(7)]) {
      expect(everything).not.toContain(part);
      expect(everything).not.toContain(part.split('').join(' '));
    }
    expect((await h.trail()).filter(({ type }) => type.startsWith('keys.'))).toMatchObject([
      { type: 'keys.requested', agent: 'triage', prompt: 'Please key in your card.' },
      { type: 'keys.collected', agent: 'triage', count: 16, outcome: 'taken' },
    ]);
  });

  it('A59: keeps the caller’s audio from the engine, tones and all, and no longer than needed', async () => {
    const { start } = collecting();
    await using h = await start();
    const frame = () => h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(960)));
    const before = h.session.audioFrameBytes.length;
    expect(h.session.of('input_audio_buffer.clear')).toHaveLength(1);
    frame();
    h.call.press(card);
    frame(); // the tone of the last key
    await quiet(h);
    expect(h.session.audioFrameBytes).toHaveLength(before);
    h.clock.advance(500);
    frame();
    await until(() => h.session.audioFrameBytes.length === before + 1);
  });

  it('goes on without them when nothing is pressed', async () => {
    const { results, start } = collecting({ timeoutMs: 5_000 });
    await using h = await start();
    h.leg.hearAll();
    h.clock.advance(250);
    h.clock.advance(5_000);
    await until(() => output(h) !== undefined);
    expect(results).toEqual([{ ok: false, code: 'timed_out' }]);
    expect(output(h)).toContain('timed_out');
    expect((await h.trail()).at(-2)).toMatchObject({
      type: 'keys.collected',
      outcome: 'timed_out',
    });
  });

  it('A59: what is pressed too late for it is dropped, not told to the agent', async () => {
    const { start } = collecting({ timeoutMs: 5_000 });
    await using h = await start();
    h.leg.hearAll();
    h.call.press(card.slice(0, 8));
    h.clock.advance(5_000);
    await until(() => output(h) !== undefined);
    for (const key of card.slice(8)) {
      h.call.press(key);
      h.clock.advance(1_500);
    }
    await quiet(h);
    expect(noted(h)).toEqual([]);
    h.clock.advance(5_000);
    h.call.press('7#');
    await quiet(h);
    expect(noted(h)).toEqual(['user [The caller pressed 7]']);
  });

  it('is told that the caller hung up', async () => {
    const { results, start } = collecting();
    await using h = await start();
    h.call.press('4111');
    h.call.hangUp();
    await h.call.ended;
    await until(() => results.length === 1);
    expect(results).toEqual([{ ok: false, code: 'call_ended' }]);
    expect(await h.trail()).toContainEqual(
      expect.objectContaining({ type: 'keys.collected', count: 4, outcome: 'call_ended' }),
    );
  });

  it('is over with the tool’s own time', async () => {
    const { results, start } = collecting({}, { timeoutMs: 80 });
    await using h = await start();
    await until(() => results.length === 1);
    expect(results).toEqual([{ ok: false, code: 'stopped' }]);
    await until(() => output(h) !== undefined);
    h.clock.advance(10_000);
    h.call.press('1#');
    await quiet(h);
    expect(noted(h)).toEqual(['user [The caller pressed 1]']);
  });

  it('takes digits that are typed, and is given up for words', async () => {
    const typed = collecting();
    await using h = await typed.start();
    h.call.type('4111 1111 1111 1111');
    await until(() => output(h) !== undefined);
    expect(typed.results).toEqual([{ ok: true, keys: card }]);
    expect(noted(h)).toEqual([]);
    const words = collecting();
    await using other = await words.start();
    other.call.type('never mind');
    await until(() => words.results.length === 1);
    expect(words.results).toEqual([{ ok: false, code: 'given_up' }]);
    await quiet(other);
    expect(noted(other)).toEqual(['user never mind']);
  });

  it('cannot have them where our side does not carry the audio', async () => {
    const { results, start } = collecting();
    const leg = { ...manualLeg('sip'), can: { tap: false, inject: false, resume: false } };
    await using h = await start({ call: { leg } });
    await until(() => output(h) !== undefined);
    expect(results).toEqual([{ ok: false, code: 'not_possible' }]);
  });

  it('says nothing else to a caller who is pressing keys', async () => {
    const { start } = collecting();
    await using h = await start();
    h.leg.hearAll();
    h.clock.advance(8_000);
    await quiet(h);
    expect(h.leg.playedItems.filter((id) => id.startsWith('own_'))).toEqual(['own_1']);
  });
});
