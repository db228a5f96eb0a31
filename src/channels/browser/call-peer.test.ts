import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import { SwitchboardError } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';
import type { LastFrom, PeerEvents, Peers } from '../../webrtc/index.ts';
import { createCallPeers, type PageOffer } from './call-peer.ts';
import { fakeLine, settle } from './testing/fake-line.ts';

/** WebRTC without a network: every offer is answered, and a test plays the far ends. */
function fakePeers() {
  const far: {
    readonly events: PeerEvents;
    readonly texts: CallServerMessage[];
    readonly frames: Int16Array[];
    isClosed: boolean;
    /** Signs of life. */
    last: LastFrom;
  }[] = [];
  const peers: Peers = {
    port: 4_000,
    async answer(sdp, events) {
      if (sdp === 'nonsense') throw new SwitchboardError('offer_invalid', 'There is no audio.');
      const last = { anyMs: 0, soundMs: 0 };
      const end = { events, texts: [], frames: [], isClosed: false, last } as (typeof far)[number]; // arrays that fill
      far.push(end);
      return {
        answer: `answer ${far.length}`,
        bufferedBytes: 0,
        get lastFrom() {
          return end.last;
        },
        sendAudio: (frame) => void end.frames.push(frame),
        sendText: (text) => void end.texts.push(JSON.parse(text) as CallServerMessage),
        close() {
          if (end.isClosed) return;
          end.isClosed = true;
          events.closed('closed');
        },
      };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { peers, far };
}

function setUp(options: Parameters<typeof fakeLine>[0] = {}) {
  const line = fakeLine(options);
  const { peers, far } = fakePeers();
  const callPeers = createCallPeers({ ...line.visits, peers: async () => peers });
  const farEnd = (nth: number) => {
    const end = far[nth - 1];
    if (!end) throw new Error(`There is no far end ${nth}.`);
    return end;
  };
  const offer = (more: Partial<PageOffer> = {}) => callPeers.answer({ sdp: 'v=0', ...more });
  return { ...line, callPeers, farEnd, offer };
}

async function inCall() {
  const parts = setUp();
  await parts.offer({ resumable: true });
  const first = parts.farEnd(1);
  first.events.opened();
  await settle();
  const [started] = first.texts;
  const token = started?.type === 'started' ? (started.resume?.token ?? '') : '';
  return { ...parts, first, token };
}

/** Lets time pass in which the page is there, with or without a microphone. */
function present(parts: Awaited<ReturnType<typeof inCall>>, ms: number, withSound = true): void {
  for (let passed = 0; passed < ms; passed += 100) {
    parts.clock.advance(100);
    const nowMs = parts.clock.monotonicMs();
    const { soundMs } = parts.first.last;
    const isReport = passed % 5_000 === 0;
    if (withSound) parts.first.last = { anyMs: nowMs, soundMs: nowMs };
    else if (isReport) parts.first.last = { anyMs: nowMs, soundMs };
  }
}

describe('a page that calls over WebRTC', () => {
  it('starts its call once both ways work, and not before', async () => {
    const { offer, farEnd, asked, callPeers } = setUp();
    expect(await offer({ desk: 'front-desk' })).toEqual({ ok: true, sdp: 'answer 1' });
    await settle();
    expect(asked).toEqual([]);
    expect(callPeers.pending).toBe(1);
    farEnd(1).events.opened();
    await settle();
    expect(asked).toEqual(['front-desk']);
    expect(callPeers.pending).toBe(0);
    expect(farEnd(1).texts[0]).toMatchObject({ type: 'started', callId: 'call_1' });
  });

  it('talks, types and hangs up', async () => {
    const { first, heard, typed, hungUp } = await inCall();
    first.events.audio(new Int16Array(480));
    first.events.text('{"type":"say","text":"hello"}');
    first.events.text('{"type":"hang_up"}');
    expect([heard, typed, hungUp]).toEqual([[480], ['hello'], ['caller_hung_up']]);
  });

  it('is sent each frame when it is due, and has heard it a jitter buffer later', async () => {
    const { first, leg, clock } = await inCall();
    leg().play({ itemId: 'item_1', audio: AudioPiece.ofSamples(new Int16Array(24_000)) });
    expect(first.frames).toHaveLength(1); // no burst
    clock.advance(199);
    expect(first.frames).toHaveLength(10);
    expect(leg().heardMs('item_1')).toBeCloseTo(119);
    leg().clear();
    clock.advance(1_000);
    expect(first.frames).toHaveLength(10);
    expect(first.texts.at(-1)).toEqual({ type: 'clear' });
    expect(leg().heardMs('item_1')).toBeCloseTo(119);
    leg().play({ itemId: 'item_2', audio: AudioPiece.ofSamples(new Int16Array(480)) });
    clock.advance(90);
    expect(leg().isPlaying()).toBe(true); // sent, but not heard yet
    clock.advance(10);
    expect(leg().isPlaying()).toBe(false);
  });

  it('gets the last words before the connection is closed', async () => {
    const { first, end, clock } = await inCall();
    end({ reason: 'agent_ended' });
    await settle();
    expect(first.texts.at(-1)).toEqual({ type: 'ended', reason: 'agent_ended' });
    expect(first.isClosed).toBe(false);
    clock.advance(1_000);
    expect(first.isClosed).toBe(true);
  });

  it('A25: is closed at once when it sends nothing but nonsense', async () => {
    const { first, hungUp } = await inCall();
    for (let n = 0; n < 20; n += 1) first.events.text('nonsense');
    expect(first.isClosed).toBe(true);
    expect(hungUp).toEqual(['caller_lost']);
  });

  it('leaves nothing behind when it never connects', async () => {
    const { offer, farEnd, asked, callPeers } = setUp();
    await offer();
    farEnd(1).events.closed('timeout');
    await settle();
    expect(asked).toEqual([]);
    expect(callPeers.pending).toBe(0);
  });

  it('says what is wrong with its offer, and counts it no longer', async () => {
    const { offer, callPeers } = setUp();
    await expect(offer({ sdp: 'nonsense' })).rejects.toMatchObject({ code: 'offer_invalid' });
    expect(callPeers.pending).toBe(0);
  });

  it('A21: is asked to wait while too many connect at once; calls go on', async () => {
    const { offer, farEnd, first, heard } = await inCall();
    for (let n = 0; n < 32; n += 1) expect(await offer()).toMatchObject({ ok: true });
    expect(await offer()).toMatchObject({ ok: false, code: 'too_many_requests' });
    first.events.audio(new Int16Array(480));
    expect(heard).toEqual([480]);
    farEnd(2).events.closed('timeout');
    expect(await offer()).toMatchObject({ ok: true });
  });
});

describe('a network that is gone without a word', () => {
  const speech = (ms: number): AudioPiece => AudioPiece.ofSamples(new Int16Array(24 * ms));

  it('pauses what is said until the page is there again, on the same connection', async () => {
    const parts = await inCall();
    const { first, leg, clock, presence, hungUp } = parts;
    present(parts, 1_000);
    leg().play({ itemId: 'item_1', audio: speech(6_000) });
    present(parts, 2_000);
    clock.advance(3_100);
    const frames = first.frames.length;
    expect(presence).toEqual(['away']);
    expect(leg().heardMs('item_1')).toBeLessThanOrEqual(2_000);
    clock.advance(4_000);
    expect(first.frames).toHaveLength(frames);
    present(parts, 600);
    expect(presence).toEqual(['away', 'returned']);
    present(parts, 6_000);
    expect(leg().heardMs('item_1')).toBeCloseTo(6_000);
    present(parts, 30_000);
    expect([hungUp, first.isClosed]).toEqual([[], false]);
  });

  it('ends no sentence of a caller who is cut off in the middle of it', async () => {
    const parts = await inCall();
    const { first, clock, heard } = parts;
    present(parts, 1_000);
    first.events.audio(new Int16Array(480)); // "I would like to"
    for (let n = 0; n < 50; n += 1) {
      clock.advance(20);
      first.events.audio(new Int16Array(480)); // silence in the place of what does not come
    }
    expect(heard.length * 20).toBeLessThanOrEqual(480);
    present(parts, 100);
    const before = heard.length;
    first.events.audio(new Int16Array(480));
    expect(heard.length).toBe(before + 1);
  });

  it('keeps a token good while nothing comes of the page that is to have the next', async () => {
    const { first, token, offer, farEnd, clock } = await inCall();
    first.events.closed('failed');
    await offer({ resume: { token } });
    farEnd(2).events.opened();
    for (let n = 0; n < 12; n += 1) {
      clock.advance(1_000);
      farEnd(2).events.audio(new Int16Array(480)); // silence put in, with nobody there
    }
    expect(await offer({ resume: { token } })).toMatchObject({ ok: true });
  });

  it('is no broken one when a page only has its microphone off', async () => {
    const parts = await inCall();
    present(parts, 1_000);
    present(parts, 20_000, false);
    expect(parts.presence.filter((what) => what === 'away').length).toBeLessThanOrEqual(1);
    expect(parts.presence.at(-1) ?? 'returned').toBe('returned');
  });

  it('gives its caller as long as any other to come back', async () => {
    const parts = await inCall();
    present(parts, 1_000);
    parts.clock.advance(24_000);
    expect(parts.hungUp).toEqual(['caller_lost']);
  });

  it('brings the call to the page that comes back over another one', async () => {
    const parts = await inCall();
    const { leg, clock, offer, farEnd, token, presence } = parts;
    present(parts, 1_000);
    leg().play({ itemId: 'item_1', audio: speech(3_000) });
    clock.advance(5_000);
    await offer({ resume: { token } });
    farEnd(2).events.opened();
    clock.advance(3_200);
    expect(farEnd(2).frames).toHaveLength(150);
    expect(leg().heardMs('item_1')).toBe(3_000);
    expect(presence.at(-1)).toBe('returned');
  });
});

describe('a page that comes back over WebRTC', () => {
  it('has its call again once both ways work', async () => {
    const { first, token, offer, farEnd, hungUp, clock, heard } = await inCall();
    first.events.closed('failed');
    clock.advance(15_000);
    expect(await offer({ resume: { token } })).toMatchObject({ ok: true });
    clock.advance(10_000); // a slow network: the time stands still once it has knocked
    expect(hungUp).toEqual([]);
    farEnd(2).events.opened();
    farEnd(2).events.audio(new Int16Array(480));
    expect(farEnd(2).texts[0]).toMatchObject({ type: 'resumed', callId: 'call_1' });
    expect(heard).toEqual([480]);
  });

  it('has all its time again when it did not get through, with the same token', async () => {
    const { first, token, offer, farEnd, hungUp, clock } = await inCall();
    first.events.closed('failed');
    await offer({ resume: { token } });
    farEnd(2).events.closed('timeout');
    clock.advance(19_000);
    expect(await offer({ resume: { token } })).toMatchObject({ ok: true });
    farEnd(3).events.closed('timeout');
    clock.advance(20_000);
    expect(hungUp).toEqual(['caller_lost']);
    expect(await offer({ resume: { token } })).toMatchObject({ ok: false, code: 'resume_refused' });
  });

  it('keeps the connection that it has when the new one does not come about', async () => {
    const parts = await inCall();
    const { token, offer, farEnd, hungUp, presence } = parts;
    await offer({ resume: { token } });
    farEnd(2).events.closed('timeout');
    present(parts, 60_000);
    expect([hungUp, presence]).toEqual([[], []]);
  });

  it('is told when the call ended while it connected', async () => {
    const { first, token, offer, farEnd, end } = await inCall();
    first.events.closed('failed');
    await offer({ resume: { token } });
    end({ reason: 'agent_ended' });
    await settle();
    farEnd(2).events.opened();
    expect(farEnd(2).texts).toEqual([expect.objectContaining({ code: 'resume_refused' })]);
  });

  it('A11: is refused with a token that nobody was given, before a connection is made', async () => {
    const { offer, callPeers } = await inCall();
    expect(await offer({ resume: { token: 'token_9' } })).toMatchObject({ code: 'resume_refused' });
    expect(callPeers.pending).toBe(0);
  });
});
