import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { connectClient } from './testing/realtime-client.ts';
import {
  apiKey,
  engine,
  engineUrl,
  lookUp,
  stopEngine,
  typed,
  update,
} from './testing/test-engine.ts';

afterEach(stopEngine);

const upgradeHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

describe('door', () => {
  it('refuses a wrong key and an unknown path at the upgrade', async () => {
    const client = await engine();
    const url = engineUrl();
    await expect(connectClient(url, 'wrong')).rejects.toThrow('401');
    await expect(connectClient(url.replace('realtime', 'other'), apiKey)).rejects.toThrow('404');
    client.close();
  });

  it.each(['//', 'http://[', '*'])('A18: lives through an upgrade to %s', async (path) => {
    const client = await engine();
    const { hostname, port } = new URL(engineUrl());
    const answer = await new Promise<string>((resolve, reject) => {
      const upgrade = request({ hostname, port, headers: upgradeHeaders });
      upgrade.path = path;
      upgrade.on('response', ({ statusCode }) => resolve(String(statusCode)));
      upgrade.on('error', reject);
      upgrade.end();
    });
    expect(answer).toBe('404');
    client.send({ type: 'response.create' });
    await client.next('response.done');
  });

  it('refuses one session too many', async () => {
    const client = await engine({ maxSessions: 1 });
    await expect(connectClient(engineUrl(), apiKey)).rejects.toThrow('503');
    client.close();
  });

  it('answers nonsense with errors, goes on, and closes on a flood of it', async () => {
    const client = await engine();
    const nonsense = ['', '{', '[]', 'null', '{"type":"x"}', '{"__proto__":{"a":1},"type":"y"}'];
    for (const frame of nonsense) client.sendRaw(frame);
    client.sendRaw(Buffer.from([0, 1, 2]));
    for (let count = 0; count <= nonsense.length; count++) await client.next('error');
    client.send({ type: 'input_audio_buffer.append', audio: '!!!!', event_id: 'bad' });
    expect((await client.next('error')).error).toMatchObject({ event_id: 'bad', param: 'audio' });
    client.send(typed('still here'));
    client.send({ type: 'response.create' });
    expect((await client.next('response.done')).response.status).toBe('completed');
    for (let count = 0; count < 20; count++) client.sendRaw('{');
    expect(await client.closed).toBe(1008);
  });

  it('A26: a frame that nests without end is answered with an error, and nobody is harmed', async () => {
    const client = await engine();
    const other = await connectClient(engineUrl(), apiKey);
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    client.sendRaw(
      `{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"t","parameters":${deep}}]}}`,
    );
    expect((await client.next('error')).error).toMatchObject({ code: 'invalid_value' });
    for (const each of [client, other]) {
      each.send({ type: 'response.create' });
      await each.next('response.done');
    }
  });

  it('closes only on the client whose frame it fails on', async () => {
    let isBroken = false;
    const client = await engine({
      newId(prefix) {
        if (isBroken) throw new Error('a fault of ours');
        return `${prefix}_${Math.random().toString(36).slice(2)}`;
      },
    });
    const other = await connectClient(engineUrl(), apiKey);
    await other.next('session.created');
    isBroken = true;
    client.send(typed('hello'));
    expect(await client.closed).toBe(1008);
    isBroken = false;
    other.send({ type: 'response.create' });
    await other.next('response.done');
  });

  it('closes on a frame that is too large, and only that client', async () => {
    const client = await engine();
    const other = await connectClient(engineUrl(), apiKey);
    client.sendRaw('x'.repeat(5 * 1024 * 1024));
    expect(await client.closed).toBe(1009);
    other.send({ type: 'response.create' });
    await other.next('response.done');
  });
});

describe('session', () => {
  it('merges updates deeply and shows the whole of it', async () => {
    const client = await engine();
    client.send(update({ instructions: 'Be brief.', tools: [lookUp] }));
    await client.next('session.updated');
    client.send(
      update({ audio: { input: { turn_detection: { type: 'server_vad', threshold: 0.7 } } } }),
    );
    const { session } = await client.next('session.updated');
    expect(session).toMatchObject({ instructions: 'Be brief.', tools: [lookUp], model: 'test' });
    expect(session.audio.input.turn_detection).toMatchObject({
      threshold: 0.7,
      create_response: true,
      interrupt_response: true,
    });
    expect(session.audio.output.format).toEqual({ type: 'audio/pcm', rate: 24_000 });
  });

  it('rejects another voice once it has spoken, and nothing of that update holds', async () => {
    const client = await engine();
    client.send(update({ audio: { output: { voice: 'marin' } } }));
    expect((await client.next('session.updated')).session.audio.output.voice).toBe('marin');
    client.send({ type: 'response.create' });
    await client.next('response.done');
    client.send({
      ...update({ instructions: 'New.', audio: { output: { voice: 'cedar' } } }),
      event_id: 'v',
    });
    expect((await client.next('error')).error).toMatchObject({
      code: 'cannot_update_voice',
      event_id: 'v',
    });
    client.send(update({ audio: { output: { voice: 'marin' } } }));
    const { session } = await client.next('session.updated');
    expect(session).toMatchObject({ instructions: '' });
  });
});

describe('the conversation', () => {
  it('takes items at their place, and refuses what it cannot hold', async () => {
    const client = await engine();
    const at = (id: string, previous?: string) => ({
      ...typed(id),
      item: { ...typed(id).item, id },
      ...(previous === undefined ? {} : { previous_item_id: previous }),
    });
    client.send(at('b'));
    client.send(at('a', 'root'));
    client.send(at('ab', 'a'));
    const places: (string | null)[] = [];
    for (let count = 0; count < 3; count++) {
      places.push((await client.next('conversation.item.added')).previous_item_id);
    }
    expect(places).toEqual([null, null, 'a']);
    client.send({ ...at('b'), event_id: 'twice' });
    client.send({ ...at('c', 'nowhere'), event_id: 'lost' });
    client.send({ type: 'conversation.item.delete', item_id: 'nowhere', event_id: 'gone' });
    client.send({ type: 'output_audio_buffer.clear', event_id: 'webrtc' });
    for (const id of ['twice', 'lost', 'gone', 'webrtc']) {
      expect((await client.next('error')).error.event_id).toBe(id);
    }
    client.send({ type: 'conversation.item.delete', item_id: 'b' });
    await client.next('conversation.item.deleted');
    client.send({ type: 'response.create' });
    const { response } = await client.next('response.done');
    expect(response.output).toMatchObject([{ content: [{ transcript: 'you said ab' }] }]);
  });
});
