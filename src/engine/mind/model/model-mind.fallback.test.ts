import { describe, expect, it } from 'vitest';
import { scriptedMind } from '../fake.ts';
import type { Mind, MindAct } from '../port.ts';
import { event, httpError, thenCut, thenSilence, type Reply } from './testing/chat-server.ts';
import { ask, say, call, mindWith, acts, apology } from './testing/model-setup.ts';

describe('the offline mind in its place', () => {
  const offline = (...script: readonly MindAct[]): Mind => scriptedMind([script]);
  const lost = thenCut(event({ content: 'I can look that up. And then' }));

  it.each<[string, Reply, readonly MindAct[], readonly MindAct[]]>([
    [
      'answers when nothing was said',
      httpError(400),
      [say('One moment.'), call({ code: 'P123' })],
      [say('One moment.'), call({ code: 'P123' })],
    ],
    [
      'adds its call to what was said',
      lost,
      [say('One moment.'), call({ code: 'P123' })],
      [say('I can look that up.'), call({ code: 'P123' })],
    ],
    [
      'adds its question to what was said',
      lost,
      [say('I look after parcels. Which parcel is it?')],
      [say('I can look that up.'), say('Which parcel is it?')],
    ],
    ['says no fact twice', lost, [say('I can look that up.')], [say('I can look that up.')]],
  ])('%s', async (_title, reply, script, expected) => {
    const { mind } = await mindWith([reply], { fallback: offline(...script) });
    expect(await acts(mind)).toEqual(expected);
  });

  it('is not silent either when it has nothing to say', async () => {
    const { mind } = await mindWith([httpError(400)], { fallback: offline() });
    expect(await acts(mind)).toEqual([say(expect.stringMatching(apology) as string)]);
  });
});

describe('when the caller speaks', () => {
  it('the request ends at once, and nothing follows', async () => {
    const { server, mind } = await mindWith([thenSilence(event({ content: 'It is here. And' }))]);
    const controller = new AbortController();
    const turn = mind.respond(ask(), controller.signal)[Symbol.asyncIterator]();
    expect((await turn.next()).value).toEqual(say('It is here.'));
    const next = turn.next();
    controller.abort(new Error('cut off'));
    await expect(next).rejects.toThrow('cut off');
    await expect.poll(server.dropped).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  it('the request ends as well when nobody listens on', async () => {
    const { server, mind } = await mindWith([thenSilence(event({ content: 'It is here. And' }))]);
    for await (const act of mind.respond(ask(), new AbortController().signal)) {
      expect(act).toEqual(say('It is here.'));
      break;
    }
    await expect.poll(server.dropped).toBe(1);
  });

  it('no request is begun', async () => {
    const { server, mind } = await mindWith([httpError(503)]);
    const controller = new AbortController();
    const answering = acts(mind, ask(), controller.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error('cut off')); // while it waits to ask again
    await expect(answering).rejects.toThrow('cut off');
    expect(server.requests).toHaveLength(1);
  });
});
