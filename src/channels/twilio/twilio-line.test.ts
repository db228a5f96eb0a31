import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboundCalls } from '../../call/ports.ts';
import { settle, tone, tokenIn, twilioHarness } from './testing/twilio-harness.ts';

describe('a call over a media stream', () => {
  let line: ReturnType<typeof twilioHarness>;
  beforeEach(() => {
    line = twilioHarness();
  });

  it('is answered with a stream, a token for it, and what to do when it ends', async () => {
    const twiml = await line.line.incoming(line.params('CA1'));
    expect(twiml).toContain('<Connect><Stream url="wss://line.example.com/media-stream">');
    expect(tokenIn(twiml)).not.toBe('');
    expect(twiml).toMatch(/<Redirect method="POST">https:.*\/incoming-call\/next<\/Redirect>/);
    expect(line.asked).toEqual([]); // no call yet
  });

  it('goes to the desk that the number names, with the caller’s number', async () => {
    const stream = line.open('CA1');
    const request = { ...line.params('CA1'), query: { desk: 'salon' } };
    stream.start(tokenIn(await line.line.incoming(request)));
    await settle();
    expect(line.asked[0]).toMatchObject({ desk: 'salon', callerNumber: '+442079460001' });
  });

  it('stays ours, with its purpose, when it was placed and another server takes it over', async () => {
    const connected: unknown[] = [];
    const outbound: OutboundCalls = {
      answered: async () => ({
        ...{ ok: true, desk: 'salon', number: '+442079460002' },
        outbound: { dialId: 'dial_1', purpose: 'a cut that was moved' },
      }),
      connected: async (call) => void connected.push(call),
      progressed: async () => undefined,
      detected: async () => undefined,
    };
    const first = twilioHarness({ outbound, recordingQuestion: 'May we?' });
    const request = { ...first.params('CA1'), query: { attempt: 'dial_1-1' } };
    const twiml = await first.line.outgoing(request);
    const redirect = /<Redirect method="POST">([^<]+)</.exec(twiml ?? '')?.[1] ?? '';
    const query = Object.fromEntries(new URL(redirect.replaceAll('&amp;', '&')).searchParams);
    expect(query).toEqual({ desk: 'salon', attempt: 'dial_1-1' });
    const other = twilioHarness({ outbound, recordingQuestion: 'May we?' });
    const stream = other.open('CA1');
    stream.start(tokenIn(await other.line.next({ ...other.params('CA1'), query })));
    await settle();
    expect(other.asked[0]).toMatchObject({ outbound: { purpose: 'a cut that was moved' } });
    expect(connected).toEqual([{ attemptId: 'dial_1-1', callId: 'call_1' }]);
  });

  it('keeps that desk when another server takes the call over', async () => {
    const request = { ...line.params('CA1'), query: { desk: 'salon' } };
    const twiml = await line.line.incoming(request);
    const redirect = /<Redirect method="POST">([^<]+)</.exec(twiml ?? '')?.[1] ?? '';
    const query = Object.fromEntries(new URL(redirect).searchParams);
    const other = twilioHarness();
    const stream = other.open('CA1');
    stream.start(tokenIn(await other.line.next({ ...other.params('CA1'), query })));
    await settle();
    expect(other.asked[0]).toMatchObject({ desk: 'salon' });
  });

  it('takes the number that was dialled when it is asked after a call that we placed', async () => {
    const placed = { Direction: 'outbound-api', From: '+442079460099', To: '+442079460002' };
    const stream = line.open('CA1');
    stream.start(tokenIn(await line.line.next(line.params('CA1', placed))));
    await settle();
    expect(line.asked[0]?.callerNumber).toBe('+442079460002');
  });

  it('has no number for a caller who hides theirs', async () => {
    const stream = line.open('CA1');
    stream.start(tokenIn(await line.line.incoming(line.params('CA1', { From: 'anonymous' }))));
    await settle();
    expect(line.asked[0]?.callerNumber).toBeUndefined();
  });

  it('passes the caller’s audio on as the base64 it came in', async () => {
    const { stream, call } = await line.connect();
    stream.media();
    expect(call.heard.map((audio) => audio.format)).toEqual(['audio/pcmu']);
    expect(call.heard[0]?.base64()).toBe(tone.toString('base64'));
    expect(call.leg.format).toBe('audio/pcmu');
  });

  it('passes keys on as they are pressed', async () => {
    const { stream, call } = await line.connect();
    const { streamSid } = stream;
    for (const digit of ['4', '#']) {
      stream.text({ event: 'dtmf', streamSid, dtmf: { track: 'inbound_track', digit } });
    }
    expect(call.keys).toEqual(['4', '#']);
  });

  it('sends what the agent says as it comes, and marks behind it', async () => {
    const { stream, call } = await line.connect();
    call.speak(200);
    call.speak(100);
    line.clock.advance(100);
    expect(stream.texts.map(({ event }) => event)).toEqual(['media', 'mark', 'media', 'mark']);
    expect(stream.all({ event: 'media' })[0]?.streamSid).toBe(stream.streamSid);
    expect(Buffer.from(stream.all({ event: 'media' })[0]!.media.payload, 'base64')).toHaveLength(
      1600,
    );
  });

  it('silences the caller’s ear at once, also when everything was sent long ago', async () => {
    const { stream, call } = await line.connect();
    call.speak(2_000);
    call.speak(2_000);
    stream.mark('1');
    line.clock.advance(500);
    stream.media();
    call.leg.clear();
    expect(stream.texts.at(-1)).toEqual({ event: 'clear', streamSid: stream.streamSid });
    expect(call.leg.heardMs('item_1')).toBe(2_500);
    stream.playAll(); // Twilio returns the marks of what it dropped
    expect(call.leg.heardMs('item_1')).toBe(2_500);
    expect(call.leg.isPlaying()).toBe(false);
  });

  it('hangs up when the goodbye was heard, not when it was sent', async () => {
    const { stream, call } = await line.connect();
    call.speak(1_500, 'goodbye');
    // What a call does at its end: it waits until its leg has played everything.
    void call.leg.drained().then(() => call.end('agent_ended'));
    for (let n = 0; n < 60; n += 1) {
      line.clock.advance(20);
      stream.media();
    }
    await settle();
    expect(stream.closedWith).toBeUndefined();
    stream.mark('1');
    await settle();
    expect(stream.closedWith).toBe(1000);
    expect(await line.line.next(line.params('CA1'))).toContain('<Hangup/>');
  });

  it('ends when the caller hangs up', async () => {
    const { stream, call } = await line.connect();
    stream.stop();
    expect(call.hungUp).toEqual(['caller_hung_up']);
  });

  it('A36: ignores what comes after the end', async () => {
    const { stream, call } = await line.connect();
    stream.stop();
    stream.media();
    stream.text('nonsense');
    expect(call.heard).toEqual([]);
    expect(line.dropped).toEqual([]);
  });

  it('tells callers whose call cannot be taken, and hangs up', async () => {
    const busy = twilioHarness({
      take: async () => ({ ok: false, code: 'busy', message: 'All lines are taken.' }),
    });
    const stream = busy.open('CA1');
    stream.start(await busy.token('CA1'));
    await settle();
    expect(stream.closedWith).toBe(1000);
    const twiml = await busy.line.next(busy.params('CA1'));
    expect(twiml).toMatch(/<Say>All our lines are taken.*<\/Say><Hangup\/>/);
  });
});

describe('a stream that breaks off', () => {
  it('F19: ends the call within a second when the caller is gone', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    line.setStatus('completed');
    stream.end(1006);
    await settle();
    expect(call.hungUp).toEqual(['caller_lost']);
  });

  it('F19, A37: ends the call within a second when nobody can say where the caller is', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    line.setStatus(new Error('no network'));
    stream.end(1006);
    await settle();
    line.clock.advance(899);
    expect(call.hungUp).toEqual([]);
    line.clock.advance(1);
    expect(call.hungUp).toEqual(['caller_lost']);
  });

  it('A37: gives up a call that was being set up', async () => {
    let signal: AbortSignal | undefined;
    const line = twilioHarness({
      take: (request) => {
        signal = request.signal;
        return new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
        });
      },
    });
    const stream = line.open('CA1');
    stream.start(await line.token('CA1'));
    stream.end(1006);
    await settle();
    expect(signal?.aborted).toBe(true);
  });

  it('brings the caller back into the same call, which goes on where it was cut', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    call.speak(1_000);
    line.clock.advance(200);
    stream.media();
    stream.end(1006);
    await settle();
    line.clock.advance(2_000);
    expect(call.hungUp).toEqual([]); // Twilio still has the caller
    const token = tokenIn(await line.line.next(line.params('CA1')));
    const again = line.open('CA1');
    again.start(token);
    await settle();
    expect(line.calls).toHaveLength(1);
    expect(call.presence).toEqual(['away', 'returned']);
    expect(again.all({ event: 'media' }).length).toBeGreaterThan(0); // the rest of the sentence
    again.media();
    expect(call.heard).toHaveLength(2);
    line.clock.advance(100); // the last mark is out
    again.playAll();
    expect(call.leg.isPlaying()).toBe(false);
    again.stop();
    expect(call.hungUp).toEqual(['caller_hung_up']);
  });

  it('waits for a caller whom Twilio asks about before the end of the stream is seen', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    line.setStatus(new Error('no network'));
    expect(await line.line.next(line.params('CA1'))).toContain('<Pause');
    stream.end(1006);
    await settle();
    line.clock.advance(1_500); // the pause, and the way
    const again = line.open('CA1');
    again.start(tokenIn(await line.line.next(line.params('CA1'))));
    await settle();
    expect(call.presence).toEqual(['away', 'returned']);
    expect(call.hungUp).toEqual([]);
  });

  it('calls anew for a caller who was given up and is asked about all the same', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    line.setStatus(new Error('no network'));
    stream.end(1006);
    await settle();
    line.clock.advance(900);
    expect(call.hungUp).toEqual(['caller_lost']);
    call.end('caller_lost');
    await settle();
    const again = line.open('CA1');
    again.start(tokenIn(await line.line.next(line.params('CA1'))));
    await settle();
    expect(line.calls).toHaveLength(2);
  });

  it('waits twenty seconds for a caller who is there, and no longer', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    stream.end(1006);
    await settle();
    line.clock.advance(19_999);
    expect(call.hungUp).toEqual([]);
    line.clock.advance(1);
    expect(call.hungUp).toEqual(['caller_lost']);
  });

  it('is noticed when nothing comes any more', async () => {
    const line = twilioHarness();
    const { stream } = await line.connect();
    line.clock.advance(4_000);
    stream.media();
    line.clock.advance(4_999);
    expect(stream.closedWith).toBeUndefined();
    line.clock.advance(5_000);
    expect(stream.closedWith).toBe('terminated');
  });

  it('starts anew for a caller whose server was started again', async () => {
    const line = twilioHarness();
    const token = tokenIn(await line.line.next(line.params('CA_unknown_here')));
    expect(token).toBe(''); // no sid
    const stream = line.open('CA7');
    stream.start(tokenIn(await line.line.next(line.params('CA7'))));
    await settle();
    expect(line.asked).toHaveLength(1);
  });
});

describe('a server that stops', () => {
  it('leaves its callers to the next one, as calls of their own', async () => {
    const line = twilioHarness();
    const { stream, call } = await line.connect();
    call.end('server_stopped');
    await settle();
    expect(stream.closedWith).toBe(1000);
    const again = line.open('CA1');
    again.start(tokenIn(await line.line.next(line.params('CA1'))));
    await settle();
    expect(line.calls).toHaveLength(2);
  });

  it('remembers for a minute how a call ended, and then nothing of it', async () => {
    const line = twilioHarness();
    const { call } = await line.connect();
    call.end('agent_ended');
    await settle();
    expect(await line.line.next(line.params('CA1'))).toContain('<Hangup/>');
    line.clock.advance(60_000);
    expect(await line.line.next(line.params('CA1'))).toContain('<Stream');
  });

  it('keeps track of so many calls and no more', async () => {
    const line = twilioHarness();
    for (let n = 0; n < 2_000; n += 1) await line.line.incoming(line.params(`CA${n}`));
    expect(await line.line.incoming(line.params('CAlast'))).toContain('All our lines are taken');
    line.clock.advance(30_000); // announced, and never connected
    expect(await line.line.incoming(line.params('CAlast'))).toContain('<Stream');
  });
});

describe('what Twilio reports', () => {
  it('A9, F18: a call announced twice is one call with one token', async () => {
    const line = twilioHarness();
    const tokens = [await line.token('CA1'), await line.token('CA1')];
    expect(tokens[0]).toBe(tokens[1]);
    const stream = line.open('CA1');
    stream.start(tokens[0] ?? '');
    await settle();
    // Announced again while it goes on: nothing is opened, and it is asked for again later.
    expect(await line.line.incoming(line.params('CA1'))).toContain('<Pause');
    expect(line.asked).toHaveLength(1);
    expect(await line.store.find({ carrier: 'twilio', carrierCallId: 'CA1' })).toMatchObject({
      callId: 'call_1',
    });
  });

  it('A10, F18: a late status changes nothing, and a final one ends the call once', async () => {
    const line = twilioHarness();
    const { call } = await line.connect();
    const report = (status: string) => line.line.status(line.params('CA1', { CallStatus: status }));
    await report('in-progress');
    await report('ringing');
    expect(call.hungUp).toEqual([]);
    await report('completed');
    await report('completed');
    await report('in-progress');
    expect(call.hungUp).toEqual(['caller_hung_up']);
    const kept = await line.store.find({ carrier: 'twilio', carrierCallId: 'CA1' });
    expect(kept?.status).toBe('completed');
  });

  it('says nothing about calls of other accounts', async () => {
    const line = twilioHarness();
    const foreign = { AccountSid: `AC${'9'.repeat(32)}` };
    expect(await line.line.incoming(line.params('CA1', foreign))).toBeNull();
    expect(await line.line.next(line.params('CA1', foreign))).toBeNull();
  });
});
