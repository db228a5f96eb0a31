import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../lib/index.ts';
import { mindContract } from '../contract.ts';
import type { MindInput } from '../port.ts';
import { createModelMind } from './model-mind.ts';
import { callPart, chatServer, deltas, event, thenSilence, words } from './testing/chat-server.ts';
import { ask, say, mindWith, acts } from './testing/model-setup.ts';

const contractServer = await chatServer(
  deltas(
    { content: 'One moment.' },
    callPart(0, { name: 'find_parcel', arguments: '{"code":"P123"}' }),
  ),
);
afterAll(() => contractServer[Symbol.asyncDispose]());
mindContract('model', () =>
  createModelMind({ url: contractServer.url, model: 'm', apiKey: 'k', log: silentLog }),
);

describe('what is said', () => {
  it('is said sentence by sentence while the rest is written', async () => {
    let goOn = (): void => undefined;
    const { mind } = await mindWith([
      (response) => {
        response.write(event({ role: 'assistant', content: '' }));
        for (const part of ['It is', ' with Dr. Lee', '. Sh', 'e has'])
          response.write(event({ content: part }));
        goOn = () => words(' it on the 3rd.')(response);
      },
    ]);
    const turn = mind.respond(ask(), new AbortController().signal)[Symbol.asyncIterator]();
    expect((await turn.next()).value).toEqual(say('It is with Dr. Lee.'));
    goOn();
    expect((await turn.next()).value).toEqual(say('She has it on the 3rd.'));
    expect((await turn.next()).done).toBe(true);
  });

  it('begins with a part of a first sentence that is long', async () => {
    const { mind } = await mindWith([
      words(
        'I have looked at everything that we have here, including what came in this morning by the early van',
        ', and your parcel is not among it. Sorry, but that is all that I know about it, and nobody else knows any more than I do.',
      ),
    ]);
    expect(await acts(mind)).toEqual([
      say('I have looked at everything that we have here,'),
      say('including what came in this morning by the early van, and your parcel is not among it.'),
      say('Sorry, but that is all that I know about it, and nobody else knows any more than I do.'),
    ]);
  });

  it('has no thinking, Markdown or emoji in it', async () => {
    const { mind } = await mindWith([
      deltas(
        { reasoning_content: 'The caller wants a parcel.' },
        { reasoning: 'Hm.' },
        { content: '<thi' },
        { content: 'nk>They want it. {"name": ' },
        { content: 'x}</th' },
        { content: 'ink>\n\n## Found\n1. **Small** 📦 par' },
        { content: 'cel\n- [large](http://x.y) one_by_two 😀\n\nWhich *one* is 3 < 4?' },
      ),
    ]);
    expect(await acts(mind)).toEqual([
      say('Found'),
      say('Small parcel'),
      say('large one_by_two'),
      say('Which one is 3 < 4?'),
    ]);
  });

  it('leaves out thinking that the server opened by itself', async () => {
    const { mind } = await mindWith([words('they want a parcel', '</think>It is here.')]);
    expect(await acts(mind)).toEqual([say('It is here.')]);
  });

  it('ends when the same sentence comes a third time, and the server is let go', async () => {
    const { server, mind } = await mindWith([
      thenSilence(event({ content: 'I see. I see. I see. I see. I see. ' })),
    ]);
    expect(await acts(mind)).toEqual([say('I see.'), say('I see.')]);
    await expect.poll(server.dropped).toBe(1);
  });

  it('ends when it would not end by itself', async () => {
    const endless = Array.from({ length: 200 }, (_, at) => `Now this is sentence number ${at}. `);
    const { mind } = await mindWith([thenSilence(event({ content: endless.join('') }))]);
    const said = (await acts(mind)).map((act) => (act.type === 'say' ? act.text : ''));
    expect(said.join(' ').length).toBeGreaterThan(1_300);
    expect(said.join(' ').length).toBeLessThan(1_700);
  });

  it.each([
    'Say exactly: "It is \\"here\\"."',
    'Answer by saying: "It is \\"here\\"."\nSay exactly these words, in the language they are in, and nothing else.',
  ])('is what the instructions say to the letter, without asking: %s', async (instructions) => {
    const { server, mind } = await mindWith([words('Something else.')]);
    expect(await acts(mind, ask({ instructions }))).toEqual([say('It is "here".')]);
    expect(server.requests).toEqual([]);
  });
});

it('goes on by itself after a mere sound', async () => {
  const { server, mind } = await mindWith([words('Something else.')]);
  const items: MindInput['items'] = [
    ...ask().items,
    { type: 'message', role: 'assistant', text: 'It is in the', unsaid: 'van that comes today.' },
    { type: 'message', role: 'user', text: 'mm-hm', confidence: 0.9 },
  ];
  expect(await acts(mind, ask({ items }))).toEqual([say('It is in the van that comes today.')]);
  expect(server.requests).toEqual([]);
});

it('asks with the model and the key that were set', async () => {
  const { server, mind } = await mindWith([words('Yes.')], { apiKey: 'secret' });
  await acts(mind);
  expect(server.keys).toEqual(['Bearer secret']);
  expect(server.requests[0]).toMatchObject({ model: 'small', stream: true });
});
