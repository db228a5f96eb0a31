import { describe, expect, it } from 'vitest';
import { callPart, calls, deltas, words } from './testing/chat-server.ts';
import {
  findParcel,
  endCall,
  ask,
  say,
  call,
  mindWith,
  acts,
  apology,
} from './testing/model-setup.ts';

describe('tool calls', () => {
  it('are put together from interleaved pieces, in order', async () => {
    const { mind } = await mindWith([
      deltas(
        { content: 'Let me look' },
        callPart(0, { id: 'a', name: 'find_parcel', arguments: '' }),
        callPart(1, { id: 'b', name: 'find_parcel', arguments: '{"co' }),
        callPart(0, { arguments: '{"code":"P001"' }),
        callPart(1, { arguments: 'de":"P002"}' }),
        callPart(0, { arguments: '}' }),
      ),
    ]);
    expect(await acts(mind)).toEqual([
      say('Let me look'),
      call({ code: 'P001' }),
      call({ code: 'P002' }),
    ]);
  });

  it('are told apart by their ids when a server counts them all as the first', async () => {
    const { mind } = await mindWith([
      deltas(
        callPart(0, { id: 'a', name: 'find_parcel', arguments: { code: 'P001' } }),
        callPart(0, { id: 'b', name: 'find_parcel', arguments: '{"code":"P002"}' }),
        callPart(undefined, { id: 'c', name: 'find_parcel', arguments: '{"code":"P003"}' }),
      ),
    ]);
    expect(await acts(mind)).toEqual(['P001', 'P002', 'P003'].map((code) => call({ code })));
  });

  it.each([
    [
      'a fence',
      'One moment.\n```json\n{"name": "find_parcel", "arguments": {"code": "P123"}}\n```',
    ],
    [
      'a tag',
      'One moment.<tool_call>\n{"name":"find_parcel","arguments":{"code":"P123"}}\n</tool_call>',
    ],
    ['an open tag', 'One moment.<tool_call>{"name":"find_parcel","arguments":{"code":"P123"}'],
    ['bare JSON', 'One moment.\n{"name": "find_parcel", "parameters": {"code": "P123"}}'],
    ['a list', 'One moment.[TOOL_CALLS][{"name":"find_parcel","arguments":{"code":"P123"}}]'],
    ['a function tag', 'One moment.<function=find_parcel>{"code":"P123"}</function>'],
    [
      'parameter tags',
      'One moment.<tool_call><function=find_parcel><parameter=code>\nP123\n</parameter></function></tool_call>',
    ],
  ])('are found where they are written as %s', async (_title, text) => {
    for (const size of [1, 5, text.length]) {
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
      const { mind } = await mindWith([words(...pieces)]);
      expect(await acts(mind)).toEqual([say('One moment.'), call({ code: 'P123' })]);
    }
  });

  it.each([
    ['broken JSON', 'find_parcel', "{code: 'P123', count: 2,", { code: 'P123', count: 2 }],
    ['a name in other letters', 'functions.Find-Parcel', '{"code":"P123"}', { code: 'P123' }],
    [
      'types that are not quite right',
      'find_parcel',
      '{"code":"P123","count":"2","size":"Large","other":null}',
      { code: 'P123', count: 2, size: 'large', other: null },
    ],
    [
      'a null for what may be left out',
      'find_parcel',
      '{"code":"P123","size":null}',
      { code: 'P123' },
    ],
  ])('with %s are mended', async (_title, name, args, meant) => {
    const { server, mind } = await mindWith([calls(name, args)]);
    expect(await acts(mind)).toEqual([call(meant)]);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['an unknown tool', 'send_rocket', '{}', /no tool 'send_rocket'.*find_parcel/],
    ['arguments that do not fit', 'find_parcel', '{"code":"nine","size":"huge"}', /code.*size/],
    ['arguments that are missing', 'find_parcel', '', /code/],
    ['arguments that are no object', 'find_parcel', '["P123"]', /one JSON object/],
  ])('of %s are told to the model, which makes them again', async (_title, name, args, problem) => {
    const { server, mind } = await mindWith([
      deltas({ content: 'Let me look.' }, callPart(0, { id: 'x', name, arguments: args })),
      deltas(
        { content: 'Let me look.' },
        callPart(0, { id: 'y', name: 'find_parcel', arguments: '{"code":"P123"}' }),
      ),
    ]);
    expect(await acts(mind)).toEqual([say('Let me look.'), call({ code: 'P123' })]);
    const [made, told] = server.requests[1]?.messages.slice(-2) ?? [];
    expect(made).toMatchObject({ role: 'assistant', content: 'Let me look.' });
    expect(told).toMatchObject({ role: 'tool', tool_call_id: made?.tool_calls?.[0]?.id });
    expect(told?.content).toMatch(problem);
  });

  it('that stay wrong end in a sentence', async () => {
    const { server, mind } = await mindWith([calls('find_parcel', '{"code":"nine"}')]);
    expect(await acts(mind)).toEqual([say(expect.stringMatching(apology) as string)]);
    expect(server.requests).toHaveLength(3);
  });

  it('are not made when no tool may be called, and the model is shown none', async () => {
    const { server, mind } = await mindWith([
      deltas(
        { content: 'Fine.' },
        callPart(0, { name: 'find_parcel', arguments: '{"code":"P123"}' }),
      ),
    ]);
    expect(await acts(mind, ask({ toolChoice: 'none' }))).toEqual([say('Fine.')]);
    expect(server.requests[0]).not.toHaveProperty('tools');
    expect(server.requests[0]).not.toHaveProperty('tool_choice');
  });

  it('may be demanded', async () => {
    const { server, mind } = await mindWith([calls('find_parcel', '{"code":"P123"}')]);
    const tools = [endCall, findParcel];
    await acts(mind, ask({ tools }));
    await acts(mind, ask({ tools, toolChoice: 'required' }));
    await acts(mind, ask({ tools, toolChoice: { name: 'find_parcel' } }));
    expect(
      server.requests.map(({ tools: offered, tool_choice: choice }) => [offered?.length, choice]),
    ).toEqual([
      [2, undefined],
      [2, 'required'],
      [1, { type: 'function', function: { name: 'find_parcel' } }],
    ]);
  });
});
