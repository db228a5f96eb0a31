import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AudioPiece, levelDbfs } from '../audio/index.ts';
import { silentLog } from '../lib/index.ts';
import { callOfferResponse, type CallServerMessage, type TrailEvent } from '../protocol/index.ts';
import { tone } from '../testing/tone.ts';
import { loudPart, openFarEnd, toneHz, type FarEnd } from '../webrtc/testing/far-end.ts';
import { readSettings } from './settings.ts';
import { startServer, type RunningServer } from './start-server.ts';
import { fakeParts } from './testing/fake-parts.ts';

let server: RunningServer | undefined;
const open: Disposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) each[Symbol.dispose]();
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

async function start(env: Readonly<Record<string, string>> = {}) {
  const fakes = fakeParts();
  server = await startServer({
    settings: readSettings({ PORT: '0', ...env }),
    log: silentLog,
    parts: fakes.parts,
    pageDir: import.meta.dirname, // holds no page
  });
  await server.ready;
  return fakes;
}

const url = (path: string): string => `${server?.url}${path}`;

async function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url('/api/calls'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as unknown };
}

/** What a page was told, over either way. */
interface Page {
  readonly messages: () => readonly CallServerMessage[];
  readonly send: (message: unknown) => void;
}

/** A browser that calls over WebRTC: a real peer on ports of its own. */
async function callOverWebRtc(request: object = {}): Promise<Page & { readonly far: FarEnd }> {
  const far = await openFarEnd();
  open.push(far);
  const answer = await post({ sdp: far.offer, resumable: true, ...request });
  expect(answer).toMatchObject({ status: 201 });
  far.accept(callOfferResponse.parse(answer.body).sdp);
  await expect.poll(() => far.isOpen, { timeout: 10_000 }).toBe(true);
  // A microphone, as every browser has one: frames without an end, also of silence.
  const microphone = setInterval(() => far.sendAudio(new Int16Array(480)), 20);
  open.push({ [Symbol.dispose]: () => clearInterval(microphone) });
  return {
    far,
    messages: () => far.texts.map((text) => JSON.parse(text) as CallServerMessage),
    send: (message) => far.sendText(JSON.stringify(message)),
  };
}

/** The same over the call socket. */
async function callOverSocket(
  first: unknown,
): Promise<Page & { readonly socket: WebSocket; readonly sound: readonly Int16Array[] }> {
  const socket = new WebSocket(url('/call').replace('http', 'ws'));
  open.push({ [Symbol.dispose]: () => socket.terminate() });
  const messages: CallServerMessage[] = [];
  const sound: Int16Array[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) sound.push(AudioPiece.ofBytes('audio/pcm', data).samples());
    else messages.push(JSON.parse(data.toString()) as CallServerMessage);
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  socket.send(JSON.stringify(first));
  return {
    socket,
    sound,
    messages: () => messages,
    send: (message) => socket.send(JSON.stringify(message)),
  };
}

/** Waits for the nth message of a type. */
async function told<T extends CallServerMessage['type']>(page: Page, type: T, nth = 1) {
  const find = () => page.messages().filter((message) => message.type === type)[nth - 1];
  await expect.poll(find, { timeout: 10_000 }).toBeDefined();
  return find() as Extract<CallServerMessage, { type: T }>; // found by its type
}

const seqs = (page: Page): number[] =>
  page.messages().flatMap((message) => (message.type === 'trail' ? [message.event.seq] : []));

async function trailOf(callId: string): Promise<readonly TrailEvent[]> {
  const response = await fetch(url(`/api/calls/${callId}/trail`));
  return ((await response.json()) as { events: TrailEvent[] }).events;
}

const lost: unknown = expect.objectContaining({ type: 'call.ended', reason: 'caller_lost' });

const isLoud = (piece: Int16Array): boolean => levelDbfs(piece) > -40;
const speech = (hz: number, ms: number): AudioPiece =>
  AudioPiece.ofSamples(tone({ hz, ms, rateHz: 24_000, peak: 9_000 }));

describe('a call over WebRTC', () => {
  it('is held from the greeting to the goodbye, with sound both ways', async () => {
    const { legs } = await start();
    const page = await callOverWebRtc({ desk: 'test-desk' });
    const started = await told(page, 'started');
    expect(page.messages()[0]).toEqual(started);
    expect(started).toMatchObject({
      desk: { name: 'test-desk' },
      can: { tap: true, inject: true, resume: true },
      resume: { withinMs: 20_000 },
    });
    await told(page, 'status', 2); // greeted, listening
    expect(page.far.heard.some(isLoud)).toBe(true);
    legs[0]?.play({ itemId: 'tone', audio: speech(600, 600) });
    await legs[0]?.drained();
    await expect.poll(() => toneHz(loudPart(page.far.heard.slice(-40)))).toBeCloseTo(600, -1);
    const listed = async (): Promise<unknown> =>
      ((await (await fetch(url('/api/calls'))).json()) as { calls: unknown[] }).calls[0];
    expect(await listed()).toMatchObject({ callId: started.callId, can: started.can });
    page.send({ type: 'say', text: 'bye' });
    expect(await told(page, 'ended')).toEqual({ type: 'ended', reason: 'agent_ended' });
    expect(await listed()).not.toHaveProperty('can'); // nothing can be done any more
    await expect.poll(() => page.far.isClosed, { timeout: 5_000 }).toBe(true);
    const events = await trailOf(started.callId);
    expect(events[0]).toMatchObject({ type: 'call.started', channel: 'browser' });
    expect(seqs(page)).toEqual(events.map(({ seq }) => seq));
  });

  it('falls silent at once when it is told to', async () => {
    const { legs } = await start();
    const page = await callOverWebRtc();
    await told(page, 'status', 2);
    legs[0]?.play({ itemId: 'long', audio: speech(500, 5_000) });
    await expect.poll(() => legs[0]?.heardMs('long') ?? 0).toBeGreaterThan(300);
    legs[0]?.clear();
    const heardMs = legs[0]?.heardMs('long') ?? 0;
    await told(page, 'clear');
    // The far end gets what counts as heard, and no more than its own delay beyond it.
    const loudMs = (): number => page.far.heard.filter(isLoud).length * 20 - 250; // of greeting
    await expect.poll(loudMs).toBeGreaterThanOrEqual(heardMs - 40);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(loudMs()).toBeLessThanOrEqual(heardMs + 160);
  });

  it('goes on over another peer after the first one died in mid-sentence', async () => {
    const { legs } = await start();
    const first = await callOverWebRtc();
    const { callId, resume } = await told(first, 'started');
    await told(first, 'status', 2);
    const [leg] = legs;
    leg?.play({ itemId: 'long', audio: speech(700, 2_500) });
    await expect.poll(() => leg?.heardMs('long') ?? 0).toBeGreaterThan(800);
    const known = seqs(first).at(-1) ?? 0;
    first.far[Symbol.dispose]();
    await expect.poll(async () => (await trailOf(callId)).at(-1)?.type).toBe('caller.away');
    const heardMs = leg?.heardMs('long') ?? 0;
    expect(leg?.isPlaying()).toBe(true);

    const second = await callOverWebRtc({ resume: { token: resume?.token, afterSeq: known } });
    expect(await told(second, 'resumed')).toMatchObject({ callId, desk: { name: 'test-desk' } });
    await leg?.drained();
    expect(leg?.heardMs('long')).toBeCloseTo(2_500, -1);
    await expect
      .poll(() => Math.abs(second.far.heard.filter(isLoud).length * 20 - (2_500 - heardMs)))
      .toBeLessThan(100);
    expect(heardMs).toBeGreaterThan(200); // a little of it is heard twice, not all
    expect(Math.abs(toneHz(loudPart(second.far.heard)) - 700)).toBeLessThan(50); // spliced once
    second.send({ type: 'say', text: 'bye' });
    expect(await told(second, 'ended')).toMatchObject({ reason: 'agent_ended' });
    const events = await trailOf(callId);
    expect(seqs(second)).toEqual(events.map(({ seq }) => seq).filter((seq) => seq > known));
    expect(events.map(({ type }) => type)).toContain('caller.returned');
  });

  it('goes on over the call socket where WebRTC does not pass any more, and back', async () => {
    await start();
    const first = await callOverWebRtc();
    const { callId, resume } = await told(first, 'started');
    await told(first, 'status', 2);
    // The old connection is still believed in.
    const second = await callOverSocket({ type: 'resume', token: resume?.token, afterSeq: 0 });
    const resumed = await told(second, 'resumed');
    expect(resumed.callId).toBe(callId);
    await told(first, 'moved');
    await expect.poll(() => first.far.isClosed, { timeout: 5_000 }).toBe(true);
    second.send({ type: 'say', text: 'hello' });
    await expect.poll(() => second.sound.some(isLoud)).toBe(true);
    await told(second, 'status', 3); // listening again
    second.socket.terminate();

    const third = await callOverWebRtc({ resume: { token: resumed.resume?.token, afterSeq: 0 } });
    await told(third, 'resumed');
    third.send({ type: 'hang_up' });
    expect(await told(third, 'ended')).toMatchObject({ reason: 'caller_hung_up' });
    expect(seqs(third)).toEqual((await trailOf(callId)).map(({ seq }) => seq));
    expect(
      (await post({ sdp: third.far.offer, resume: { token: resumed.resume?.token } })).status,
    ).toBe(410);
  });

  it('is lost when nobody comes back in time', async () => {
    await start({ SWITCHBOARD_RETURN_WITHIN_MS: '300' });
    const page = await callOverWebRtc();
    const { callId, resume } = await told(page, 'started');
    page.far[Symbol.dispose]();
    await expect.poll(() => trailOf(callId), { timeout: 10_000 }).toContainEqual(lost);
    const late = await callOverSocket({ type: 'resume', token: resume?.token });
    expect(await told(late, 'refused')).toMatchObject({ code: 'resume_refused' });
  });

  it('has its ability to come back in its trail: none for a page that keeps no token', async () => {
    await start();
    const page = await callOverWebRtc({ resumable: false });
    const { callId, can } = await told(page, 'started');
    expect(can).toEqual({ tap: true, inject: true, resume: false });
    page.far[Symbol.dispose]();
    await expect.poll(() => trailOf(callId), { timeout: 10_000 }).toContainEqual(lost);
  });
});

it('hears of the end when the server stops', async () => {
  await start();
  const page = await callOverWebRtc();
  await told(page, 'status', 2);
  await server?.[Symbol.asyncDispose]();
  expect(await told(page, 'ended')).toMatchObject({ reason: 'server_stopped' });
  await expect.poll(() => page.far.isClosed, { timeout: 5_000 }).toBe(true);
});

it('opens the UDP port that was chosen before the first call', async () => {
  const free = createSocket('udp4').bind(0);
  await once(free, 'listening');
  const { port } = free.address();
  free.close();
  await once(free, 'close');
  await start({ SWITCHBOARD_WEBRTC_PORT: String(port) });
  const isTaken = async (): Promise<boolean> => {
    const socket = createSocket('udp4').bind(port);
    const [taken] = await Promise.race([
      once(socket, 'error').then(() => [true]),
      once(socket, 'listening').then(() => [false]),
    ]);
    socket.close();
    return taken === true;
  };
  await expect.poll(isTaken, { timeout: 5_000 }).toBe(true);
});

describe('an offer', () => {
  const sdp = 'v=0';

  it('is refused with what is wrong with it', async () => {
    await start();
    expect(await post({ sdp })).toMatchObject({
      status: 400,
      body: { error: { code: 'offer_invalid' } },
    });
    expect(await post({ sdp, admin: true })).toMatchObject({ status: 400 });
    expect(await post({})).toMatchObject({ body: { error: { code: 'config_invalid' } } });
    expect(await post({ sdp: 'x'.repeat(40_000) })).toMatchObject({ status: 413 });
    expect(await post({ sdp, resume: { token: 'guessed' } })).toMatchObject({
      status: 410,
      body: { error: { code: 'resume_refused' } },
    });
  });

  it('is refused before a connection is spent on it while all lines are taken', async () => {
    await start({ SWITCHBOARD_MAX_CALLS: '1' });
    const page = await callOverSocket({ type: 'start' });
    await told(page, 'started');
    expect(await post({ sdp })).toMatchObject({ status: 503, body: { error: { code: 'busy' } } });
  });

  it('is answered with the way that is open where WebRTC is off', async () => {
    await start({ SWITCHBOARD_WEBRTC: 'off' });
    expect(await post({ sdp })).toMatchObject({
      status: 503,
      body: { error: { code: 'webrtc_unavailable' } },
    });
  });
});

describe('a page of another origin', () => {
  const shop = 'https://shop.example';

  it('A16: may place calls when its origin is allowed, and nothing else', async () => {
    await start({ SWITCHBOARD_ALLOWED_ORIGINS: `${shop}, https://other.example` });
    const allowed = await post({ sdp: 'v=0' }, { origin: shop });
    expect(allowed.status).toBe(400); // as far as the offer
    expect(allowed.headers.get('access-control-allow-origin')).toBe(shop);
    const asked = await fetch(url('/api/calls'), {
      method: 'OPTIONS',
      headers: { origin: shop, 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toContain('content-type');
    const desks = await fetch(url('/api/desks'), { headers: { origin: shop } });
    expect(desks.headers.get('access-control-allow-origin')).toBe(shop);
    for (const path of ['/api/calls', '/api/calls/call_1/trail', '/metrics', '/']) {
      const response = await fetch(url(path), { headers: { origin: shop } });
      expect(response.headers.get('access-control-allow-origin'), path).toBeNull();
    }
    const handOff = await fetch(url('/api/calls/call_1/handoff'), {
      method: 'POST',
      headers: { origin: shop, 'content-type': 'application/json' },
      body: '{"to":"billing"}',
    });
    expect(handOff.status).toBe(403);
  });

  it('A16: gets nothing when its origin is not allowed', async () => {
    await start({ SWITCHBOARD_ALLOWED_ORIGINS: shop });
    for (const origin of ['https://evil.example', 'http://shop.example', 'null', `${shop}:8443`]) {
      const refused = await post({ sdp: 'v=0' }, { origin });
      expect(refused.status, origin).toBe(403);
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
      const asked = await fetch(url('/api/calls'), { method: 'OPTIONS', headers: { origin } });
      expect(asked.status, origin).toBe(404);
    }
  });

  it('opens the call socket as it may post an offer', async () => {
    await start({ SWITCHBOARD_ALLOWED_ORIGINS: shop });
    const dial = (origin: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url('/call').replace('http', 'ws'), { headers: { origin } });
        socket.on('open', () => {
          resolve('open');
          socket.terminate();
        });
        socket.on('unexpected-response', (_request, response) => {
          resolve(String(response.statusCode));
          socket.terminate();
        });
        socket.on('error', () => undefined);
      });
    expect(await dial(shop)).toBe('open');
    expect(await dial('https://evil.example')).toBe('403');
  });

  it('takes no origin for one that is none', () => {
    for (const text of ['*', 'null', 'shop.example', `${shop}/path`, 'ftp://shop.example']) {
      expect(() => readSettings({ SWITCHBOARD_ALLOWED_ORIGINS: text }), text).toThrow(
        'SWITCHBOARD_ALLOWED_ORIGINS',
      );
    }
    const { browser } = readSettings({ SWITCHBOARD_ALLOWED_ORIGINS: `${shop}/,http://a:81` });
    expect(browser.allowedOrigins).toEqual([shop, 'http://a:81']);
  });
});
