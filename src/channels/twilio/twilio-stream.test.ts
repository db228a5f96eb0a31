import { beforeEach, describe, expect, it } from 'vitest';
import { accountSid, settle, tone, twilioHarness } from './testing/twilio-harness.ts';

describe('a stream that asks to be connected', () => {
  let line: ReturnType<typeof twilioHarness>;
  beforeEach(() => {
    line = twilioHarness();
  });

  it('A11: is refused without a token, before anything is opened', async () => {
    await line.token('CA1');
    const stream = line.open('CA1');
    stream.start(null);
    await settle();
    expect(stream.closedWith).toBe(1008);
    expect(line.asked).toEqual([]);
  });

  it('A12: is refused with the token of another call, which stays good for its own', async () => {
    const token = await line.token('CA1');
    await line.token('CA2');
    const stranger = line.open('CA2');
    stranger.start(token);
    await settle();
    expect(stranger.closedWith).toBe(1008);
    expect(line.asked).toEqual([]);
    line.open('CA1').start(token);
    await settle();
    expect(line.asked).toHaveLength(1);
  });

  it('A13, A15: is refused with a token that was used, and the first stream lives', async () => {
    const token = await line.token('CA1');
    const first = line.open('CA1');
    first.start(token);
    await settle();
    const second = line.open('CA1');
    second.start(token);
    await settle();
    expect(second.closedWith).toBe(1008);
    expect(first.closedWith).toBeUndefined();
    first.media();
    expect(line.calls[0]?.heard).toHaveLength(1);
    expect(line.calls).toHaveLength(1);
  });

  it('A14: is refused when its token has expired', async () => {
    const token = await line.token('CA1');
    line.clock.advance(30_000);
    const stream = line.open('CA1');
    stream.start(token);
    await settle();
    expect(stream.closedWith).toBe(1008);
    expect(line.asked).toEqual([]);
  });

  it('A15: gets no new token while the stream of its call is alive', async () => {
    await line.connect('CA1');
    expect(await line.line.next(line.params('CA1'))).not.toContain('<Stream');
    expect(await line.line.incoming(line.params('CA1'))).not.toContain('<Stream');
  });

  it('A24: is closed when it comes from another account', async () => {
    const token = await line.token('CA1');
    const stream = line.open('CA1');
    stream.start(token, { accountSid: accountSid.replace('00', '11') });
    await settle();
    expect(stream.closedWith).toBe(1008);
    expect(line.asked).toEqual([]);
  });

  it('is closed when it never says which call it is', () => {
    const stream = line.open('CA1');
    stream.text({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    line.clock.advance(5_000);
    expect(stream.closedWith).toBe(1008);
  });
});

describe('frames of a stream', () => {
  let line: ReturnType<typeof twilioHarness>;
  let stream: Awaited<ReturnType<typeof line.connect>>['stream'];
  let call: Awaited<ReturnType<typeof line.connect>>['call'];
  beforeEach(async () => {
    line = twilioHarness();
    ({ stream, call } = await line.connect());
  });
  const heardMs = (): number => call.heard.reduce((sum, { ms }) => sum + ms, 0);

  it('A22: keeps a little audio from before the call was there, and drops what is older', async () => {
    const early = line.open('CA2');
    for (let n = 0; n < 200; n += 1) {
      line.clock.advance(20);
      early.media();
    }
    early.start(await line.token('CA2'));
    await settle();
    const later = line.calls[1]?.heard.reduce((sum, { ms }) => sum + ms, 0);
    expect(later).toBe(2_000);
    expect(line.dropped).toContain('audio_too_early');
  });

  it('A23: closes on a second start', async () => {
    stream.start(await line.token('CA2'), { callSid: 'CA2' });
    await settle();
    expect(stream.closedWith).toBe(1008);
    expect(line.calls).toHaveLength(1);
  });

  it('A25: drops what is no JSON, and closes when that goes on', () => {
    stream.text('{"event":');
    stream.text('hello');
    stream.binary(Buffer.from([1, 2, 3]));
    expect(stream.closedWith).toBeUndefined();
    stream.media();
    expect(call.heard).toHaveLength(1);
    for (let n = 0; n < 17; n += 1) stream.text('null');
    expect(stream.closedWith).toBe(1008);
  });

  it('A26: takes nothing from keys of objects’ own workings, or from deep nesting', () => {
    stream.text(`{"event":"dtmf","streamSid":"MZ","dtmf":{"digit":"1"},"__proto__":{"digit":"2"}}`);
    stream.text(`{"event":"stop","streamSid":"MZ","x":${'['.repeat(2_000)}${']'.repeat(2_000)}}`);
    expect(call.keys).toEqual([]);
    expect(call.hungUp).toEqual([]);
    expect(line.dropped).toEqual(['not_a_message', 'not_a_message']);
    expect(({} as { digit?: string }).digit).toBeUndefined();
  });

  it('A27: drops audio that is no base64', () => {
    for (const payload of ['!!!!', 'abc', 'ab=c', '', 'ä'.repeat(4)]) stream.media({ payload });
    expect(call.heard).toEqual([]);
    expect(line.dropped).toHaveLength(5);
    stream.media();
    expect(call.heard).toHaveLength(1);
  });

  it('A28: drops a frame with more audio than any line sends', () => {
    stream.media({ payload: Buffer.alloc(4_100, 1).toString('base64') });
    stream.text(`{"event":"media","x":"${'y'.repeat(9_000)}"}`);
    expect(line.dropped).toEqual(['audio_size', 'text_size']);
    expect(call.heard).toEqual([]);
  });

  it('A29: closes on a flood of tiny frames', () => {
    for (let n = 0; n < 5_000; n += 1) {
      stream.media({ payload: 'AAAA' });
    }
    expect(stream.closedWith).toBe(1008);
    expect(line.dropped).toContain('frames_too_fast');
    expect(call.heard.filter(({ ms }) => ms < 1).length).toBeLessThanOrEqual(1_800);
  });

  it('A29: closes on a flood of pings', () => {
    for (let n = 0; n < 5_000; n += 1) stream.emit('ping');
    expect(stream.closedWith).toBe(1008);
  });

  it('A30: drops what is more than real time, and the call goes on', () => {
    for (let n = 0; n < 1_000; n += 1) {
      stream.media(); // 20 s of audio
      line.clock.advance(2); // in 2 s
    }
    expect(line.dropped).toContain('audio_too_fast');
    expect(heardMs()).toBeLessThan(5_000);
    expect(stream.closedWith).toBeUndefined();
  });

  it('A31: puts in ten seconds of silence for an hour that is claimed to be missing', () => {
    stream.media();
    stream.media({ timestamp: '3600000' });
    expect(heardMs()).toBe(10_040);
  });

  it('puts in the silence of frames that went missing', () => {
    stream.media({ timestamp: '0' });
    stream.media({ timestamp: '100' });
    expect(heardMs()).toBe(120);
    expect(call.heard[1]?.bytes().every((byte) => byte === 0xff)).toBe(true);
  });

  it('A32: hears audio whose timestamp is no number', () => {
    stream.media();
    for (const timestamp of ['soon', '', '1e999', '-5', '12.5', null, {}]) {
      stream.media({ timestamp });
    }
    const audible = call.heard.filter((audio) => audio.base64() === tone.toString('base64'));
    expect(audible.length).toBe(8);
    expect(heardMs()).toBe(audible.length * 20);
  });

  it('A33: ignores a mark that was never sent', () => {
    call.speak(500);
    line.clock.advance(100);
    stream.mark('x');
    expect(call.leg.heardMs('item_1')).toBe(100);
    expect(call.leg.isPlaying()).toBe(true);
  });

  it('A35: drops the connection of a peer that never reads', async () => {
    stream.bufferedAmount = 600 * 1024;
    line.setStatus('completed');
    call.speak(100);
    await settle();
    expect(stream.closedWith).toBe('terminated');
    expect(call.hungUp).toEqual(['caller_lost']);
  });

  it('does not take our own voice for the caller’s', () => {
    const { streamSid } = stream;
    const payload = tone.toString('base64');
    stream.text({
      event: 'media',
      media: { track: 'outbound', timestamp: '0', payload },
      streamSid,
    });
    expect(call.heard).toEqual([]);
  });

  it('reads the same from a frame of another outline', () => {
    const { streamSid } = stream;
    const payload = tone.toString('base64');
    const shapes = [
      { streamSid, media: { payload, timestamp: '0', track: 'inbound' }, event: 'media' },
      { event: 'media', streamSid, media: { track: 'inbound', timestamp: '20', payload } },
      { event: 'media', media: { payload, timestamp: 40 }, streamSid, extra: 1 },
    ];
    for (const shape of shapes) stream.text(shape);
    stream.text(
      `{"event":"media","media":{"track":"inbound","timestamp":"60","payload":"\\/\\/\\/\\/"},"streamSid":"${streamSid}"}`,
    );
    expect(call.heard.map((audio) => audio.base64())).toEqual([payload, payload, payload, '////']);
    expect(heardMs()).toBeCloseTo(60.375);
  });
});
