import { afterEach, describe, expect, it } from 'vitest';
import { createOfflineMind } from './mind/index.ts';
import type { MindAct } from './mind/port.ts';
import { scriptedMind, scriptedMouth } from './testing/scripted-parts.ts';
import { engine, lookUp, stopEngine, typed, update } from './testing/test-engine.ts';

afterEach(stopEngine);

describe('a response', () => {
  it('calls a tool, whole and in order, and goes on with its output', async () => {
    const mind = scriptedMind((input): MindAct[] => {
      const last = input.items.at(-1);
      return last?.type === 'function_call_output'
        ? [{ type: 'say', text: `it is ${last.output}` }]
        : [
            { type: 'say', text: 'One moment.' },
            { type: 'call', name: 'look_up', arguments: '{"id":7}' },
          ];
    });
    const client = await engine({ mind });
    client.send(update({ tools: [lookUp] }));
    client.send(typed('look'));
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output.map((item) => item.type)).toEqual(['message', 'function_call']);
    const call = response.output[1];
    if (call?.type !== 'function_call') return expect.fail('no call');
    expect(call).toMatchObject({ name: 'look_up', arguments: '{"id":7}', status: 'completed' });
    const added = client.events.filter((event) => event.type === 'response.output_item.added');
    expect(added[1]).toMatchObject({ output_index: 1, item: { status: 'in_progress' } });
    expect(client.newTypes().slice(-6, -1)).toEqual([
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
    ]);
    const output = { type: 'function_call_output', output: 'blue' };
    client.send({
      type: 'conversation.item.create',
      event_id: 'o',
      item: { ...output, call_id: 'call_nobody_made' },
    });
    expect((await client.next('error')).error).toMatchObject({
      event_id: 'o',
      param: 'item.call_id',
    });
    client.send({ type: 'conversation.item.create', item: { ...output, call_id: call.call_id } });
    client.send({ type: 'response.create' });
    const next = await client.next('response.done');
    expect(next.response.output).toMatchObject([{ content: [{ transcript: 'it is blue' }] }]);
  });

  it('is one at a time, and the error names the request', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const client = await engine({ mouth: scriptedMouth(() => gate) });
    client.send({ type: 'response.create', event_id: 'first' });
    await client.next('response.created');
    client.send({ type: 'response.create', event_id: 'second' });
    expect((await client.next('error')).error).toMatchObject({
      code: 'conversation_already_has_active_response',
      event_id: 'second',
    });
    client.send({ type: 'response.cancel' });
    expect((await client.next('response.done')).response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'client_cancelled' },
    });
    client.send({ type: 'response.cancel', event_id: 'third' });
    expect((await client.next('error')).error).toMatchObject({
      code: 'response_cancel_not_active',
      event_id: 'third',
    });
    release();
  });

  it('honours its own instructions and tools for this once', async () => {
    const mind = scriptedMind(() => [{ type: 'say', text: 'ok' }]);
    const client = await engine({ mind });
    client.send(update({ instructions: 'Session.', tools: [lookUp] }));
    client.send({ type: 'response.create', response: { instructions: 'Once.', tools: [] } });
    await client.next('response.done');
    client.send({ type: 'response.create', response: { output_modalities: ['text'] } });
    const { response } = await client.next('response.done');
    expect(mind.inputs).toMatchObject([
      { instructions: 'Once.', tools: [] },
      { instructions: 'Session.', tools: [{ name: 'look_up' }] },
    ]);
    expect(response.output).toMatchObject([{ content: [{ type: 'output_text', text: 'ok' }] }]);
  });

  it('can be beside the conversation: heard, and then gone', async () => {
    const mind = scriptedMind((input) => [
      { type: 'say', text: input.items.length === 0 ? 'one moment' : 'here it is' },
    ]);
    const client = await engine({ mind });
    client.send(typed('look'));
    client.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        input: [],
        instructions: 'Say: "one moment"',
        tools: [],
        tool_choice: 'none',
        metadata: { purpose: 'filler' },
      },
    });
    const { response: first } = await client.next('response.done');
    expect(first).toMatchObject({
      status: 'completed',
      metadata: { purpose: 'filler' },
      output: [{ status: 'completed', content: [{ transcript: 'one moment' }] }],
    });
    expect(first).not.toHaveProperty('conversation_id');
    expect(first.usage?.output_tokens).toBeGreaterThan(0);
    const types = client.events.map((event) => event.type);
    expect(types.filter((type) => type === 'conversation.item.added')).toHaveLength(1);
    expect(types).toContain('response.output_audio.delta');
    const heardId = first.output[0]?.id ?? '';
    client.send({ type: 'conversation.item.retrieve', event_id: 'r', item_id: heardId });
    expect((await client.next('error')).error).toMatchObject({ event_id: 'r' });
    client.send({ type: 'response.create' });
    const { response: second } = await client.next('response.done');
    expect(second.conversation_id).toMatch(/^conv_/);
    expect(mind.inputs).toMatchObject([
      { instructions: 'Say: "one moment"', items: [] },
      { items: [{ role: 'user', text: 'look' }] },
    ]);
  });

  it.each(['One moment, please.', 'It is "open". Then: $4.50!'])(
    'says %j word for word when the offline mind is told to, beside a conversation',
    async (words) => {
      const client = await engine({ mind: createOfflineMind() });
      client.send(typed('what are your hours'));
      client.send({
        type: 'response.create',
        response: {
          conversation: 'none',
          input: [],
          // As a call asks for a sentence of its own.
          instructions: `Answer by saying: "${words.replaceAll('"', '\\"')}"\nSay exactly these words, in the language they are in, and nothing else.`,
          tools: [],
          tool_choice: 'none',
        },
      });
      const { response } = await client.next('response.done');
      expect(response.output).toMatchObject([{ content: [{ transcript: words }] }]);
    },
  );

  it('can answer other items than those of the conversation', async () => {
    const mind = scriptedMind(() => [{ type: 'say', text: 'ok' }]);
    const client = await engine({ mind });
    client.send({
      type: 'conversation.item.create',
      item: { ...typed('first').item, id: 'item_first' },
    });
    client.send(typed('second'));
    client.send({
      type: 'response.create',
      response: {
        input: [
          { type: 'item_reference', id: 'item_first' },
          { type: 'item_reference', id: 'item_nowhere' },
          typed('third').item,
        ],
      },
    });
    await client.next('response.done');
    client.send({ type: 'response.create' });
    await client.next('response.done');
    const texts = mind.inputs.map((input) =>
      input.items.flatMap((item) => (item.type === 'message' ? [item.text] : [])),
    );
    expect(texts).toEqual([
      ['first', 'third'],
      ['first', 'second', 'ok'],
    ]);
  });

  it('fails aloud when the mind fails, and the session goes on', async () => {
    let broken = true;
    const mind = scriptedMind(() => {
      if (broken) throw new Error('mind broke');
      return [{ type: 'say', text: 'fine' }];
    });
    const client = await engine({ mind });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { code: 'mind_failed', message: 'mind broke' } },
    });
    expect(response.output).toMatchObject([{ type: 'message', status: 'completed' }]);
    expect(client.events.some((event) => event.type === 'response.output_audio.delta')).toBe(true);
    expect((await client.next('error')).error).toMatchObject({
      type: 'server_error',
      code: 'mind_failed',
    });
    broken = false;
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.status).toBe('completed');
  });

  it('never passes on a call that no tool allows', async () => {
    const acts: MindAct[] = [{ type: 'call', name: 'no_such_tool', arguments: '{}' }];
    const client = await engine({ mind: scriptedMind(() => acts) });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.status).toBe('failed');
    expect(response.output.map((item) => item.type)).toEqual(['message']);
  });

  it('fails without words when the mouth fails, and the session goes on', async () => {
    let words = 0;
    const mouth = scriptedMouth(() => {
      words += 1;
      if (words === 2) throw new Error('mouth broke');
    });
    const client = await engine({ mouth });
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { error: { code: 'speech_failed' } },
      output: [{ status: 'incomplete', content: [{ transcript: 'you' }] }],
    });
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.status).toBe('completed');
  });
});
