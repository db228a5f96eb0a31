import { describe, expect, it } from 'vitest';
import { manualClock, silentLog, type Clock, type LogFields } from '../../../lib/index.ts';
import type { Mind, MindAct, MindInput, ToolSpec } from '../port.ts';
import {
  deltas,
  event,
  httpError,
  thenCut,
  thenSilence,
  words,
  type Reply,
} from './testing/chat-server.ts';
import {
  findParcel,
  toPerson,
  endCall,
  ask,
  say,
  mindWith,
  acts,
  apology,
} from './testing/model-setup.ts';

describe('a model that fails', () => {
  it.each([
    ['is overloaded', httpError(429, { 'retry-after': '60' })],
    ['breaks', httpError(503)],
    ['hangs up', thenCut(': hello\n\n')],
    ['sends what is no JSON', thenCut('data: {"choices": [\n\ndata: oops\n\n')],
    ['answers nothing', deltas({ content: ' ' })],
    ['only thinks', words('<think>hm</think>')],
    ['sends an error in its stream', thenSilence('data: {"error":{"message":"no memory"}}\n\n')],
  ])('is asked once more when it %s', async (_title, reply) => {
    const { server, mind } = await mindWith([reply, words('It is here.')]);
    expect(await acts(mind)).toEqual([say('It is here.')]);
    expect(server.requests).toHaveLength(2);
  });

  it('is not asked again when that is no help, and a sentence says so', async () => {
    const told: LogFields[] = [];
    const log = {
      ...silentLog,
      warn: (_message: string, fields: LogFields = {}) => void told.push(fields),
    };
    const { server, mind } = await mindWith([httpError(401)], { log });
    expect(await acts(mind)).toEqual([say(expect.stringMatching(apology) as string)]);
    expect(server.requests).toHaveLength(1);
    expect(told).toEqual([{ reason: "The model's server answered 401.", instead: 'sentence' }]);
  });

  it('F4: is let go when no server is there', async () => {
    const { server, mind } = await mindWith([words('Hello.')]);
    await server[Symbol.asyncDispose]();
    expect(await acts(mind)).toEqual([say(expect.stringMatching(apology) as string)]);
  });

  it.each<[string, Reply, readonly MindAct[], number]>([
    ['for its first token', thenSilence(event({ role: 'assistant', content: '' })), [], 8_000],
    [
      'for the next one',
      thenSilence(event({ content: 'It is here. And' })),
      [say('It is here.')],
      5_000,
    ],
  ])('is not waited for %s for ever', async (_title, reply, first, afterMs) => {
    const clock = watched();
    const { server, mind } = await mindWith([reply], { clock });
    const answering = acts(mind);
    // Every wait of the turn is for the model: the last timer set is the one that it keeps.
    await expect.poll(() => clock.waits.at(-1)).toBe(afterMs);
    await expect.poll(() => server.requests.length).toBe(1);
    clock.advance(afterMs - 1);
    clock.advance(1);
    expect(await answering).toEqual([...first, say(expect.stringMatching(apology) as string)]);
    await expect.poll(server.dropped).toBe(1);
  });

  it('does not keep a caller waiting with thoughts', async () => {
    const clock = watched();
    let think = (): void => undefined;
    const { mind } = await mindWith(
      [(response) => (think = () => void response.write(event({ reasoning: 'hm' })))],
      { clock },
    );
    const answering = acts(mind);
    await expect.poll(() => clock.waits.length).toBeGreaterThan(1);
    for (let thoughts = 0; thoughts < 10; thoughts += 1) {
      const before = clock.waits.length;
      think();
      await expect.poll(() => clock.waits.length).toBeGreaterThan(before);
      clock.advance(4_000);
      if (clock.monotonicMs() >= 30_000) break;
    }
    expect(await answering).toEqual([say(expect.stringMatching(apology) as string)]);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(32_000);
  });

  it('says that help is not to be had, and hands over to a person', async () => {
    const { mind } = await mindWith([httpError(400)]);
    const turns = await failTurns(mind, { turns: 4, tools: [findParcel, toPerson, endCall] });
    expect(
      turns.map((turn) => turn.flatMap((act) => (act.type === 'call' ? act.name : []))),
    ).toEqual([[], [], ['transfer_to_team'], ['end_call']]);
    const said = turns.flat().flatMap((act) => (act.type === 'say' ? act.text : []));
    expect(new Set(said).size).toBe(4);
    expect(said[2]).toMatch(/can't help you right now.*get someone/);
    expect(said[3]).toMatch(/Goodbye/);
  });

  it('never says the same thing three times in a row', async () => {
    const { mind } = await mindWith([httpError(400)]);
    const said = (await failTurns(mind, { turns: 9, tools: [findParcel] })).map((turn) => turn[0]);
    said.forEach((act, at) => {
      expect(
        new Set([act, said[at + 1], said[at + 2]].map((one) => JSON.stringify(one))).size,
      ).not.toBe(1);
    });
  });
});

async function failTurns(
  mind: Mind,
  { turns, tools }: { readonly turns: number; readonly tools: readonly ToolSpec[] },
): Promise<MindAct[][]> {
  let items: MindInput['items'] = [];
  const made: MindAct[][] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    items = [...items, { type: 'message', role: 'user', text: 'hello' }];
    const done = await acts(mind, ask({ items, tools }));
    made.push(done);
    items = [
      ...items,
      ...done.map((act, at): MindInput['items'][number] =>
        act.type === 'say'
          ? { type: 'message', role: 'assistant', text: act.text }
          : {
              type: 'function_call',
              name: act.name,
              callId: `${turn}-${at}`,
              arguments: act.arguments,
            },
      ),
    ];
  }
  return made;
}

/** A clock that a test moves, with the waits that were asked of it. */
function watched(): ReturnType<typeof manualClock> & { readonly waits: readonly number[] } {
  const clock = manualClock();
  const waits: number[] = [];
  const setTimer: Clock['setTimer'] = (ms, task) => {
    waits.push(ms);
    return clock.setTimer(ms, task);
  };
  return { ...clock, setTimer, waits };
}
