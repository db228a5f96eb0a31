import { AudioPiece } from '../../../audio/index.ts';
import type {
  CallerLeg,
  CarrierStatus,
  LiveCall,
  TakeCall,
  TakeCallResult,
  OutboundCalls,
} from '../../../call/ports.ts';
import { manualClock, randomId, silentLog } from '../../../lib/index.ts';
import type { CallEndReason } from '../../../protocol/index.ts';
import type { TwilioStreamCommand } from '../../../protocol/twilio/index.ts';
import { FakeSocket } from '../../../testing/fake-socket.ts';
import { memoryCarrierCalls } from '../../../testing/memory-services.ts';
import { createSignatureCheck } from '../signature.ts';
import { createTwilioLine } from '../twilio-line.ts';
import type { TwilioRest } from '../rest.ts';
import { twilioUrls } from '../urls.ts';

export const accountSid = `AC${'0'.repeat(32)}`;
export const authToken = 'a-token-of-the-account';
export const publicUrl = 'https://line.example.com';

/** Twilio's end of a media stream. */
export type FakeStream = ReturnType<typeof fakeStream>;

function fakeStream(callSid: string) {
  const socket = new FakeSocket<TwilioStreamCommand>();
  const streamSid = randomId('MZ').replace('_', '');
  let chunks = 0;
  const mark = (name: string): void =>
    socket.text({ event: 'mark', sequenceNumber: '9', streamSid, mark: { name } });
  return Object.assign(socket, {
    ...{ callSid, streamSid, mark },
    start(token: string | null, more: { accountSid?: string; callSid?: string } = {}): void {
      socket.text({ event: 'connected', protocol: 'Call', version: '1.0.0' });
      socket.text({
        ...{ event: 'start', sequenceNumber: '1', streamSid },
        start: {
          ...{ accountSid, callSid, streamSid, tracks: ['inbound'], ...more },
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: token === null ? {} : { token },
        },
      });
    },
    /** 20 ms of the caller, written as Twilio writes it. */
    media(options: { readonly timestamp?: unknown; readonly payload?: string } = {}): void {
      const { timestamp = String(chunks * 20), payload = tone.toString('base64') } = options;
      chunks += 1;
      socket.text({
        ...{ event: 'media', sequenceNumber: String(chunks + 1) },
        media: { track: 'inbound', chunk: String(chunks), timestamp, payload },
        streamSid,
      });
    },
    /** Returns the marks of everything that was sent, as Twilio does when it was played. */
    playAll(): void {
      for (const sent of socket.all({ event: 'mark' })) mark(sent.mark.name);
    },
    stop(): void {
      socket.text({ event: 'stop', streamSid, stop: { accountSid, callSid } });
    },
  });
}

/** 20 ms that are no silence. */
export const tone = Buffer.alloc(160, 0x55);

/** A call of ours, as the channel drives it, and what it was told. */
export interface FakeCall extends LiveCall {
  readonly leg: CallerLeg;
  readonly heard: AudioPiece[];
  readonly keys: string[];
  readonly hungUp: (CallEndReason | undefined)[];
  readonly presence: string[];
  speak(ms: number, itemId?: string): void;
  end(reason: CallEndReason): void;
}

/** Lets promises settle that need no time. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A line, its callers and Twilio's REST, all in the hands of a test. */
export function twilioHarness(
  options: {
    readonly take?: TakeCall;
    readonly recordingQuestion?: string;
    readonly outbound?: OutboundCalls;
  } = {},
) {
  const clock = manualClock();
  const calls: FakeCall[] = [];
  const asked: Parameters<TakeCall>[0][] = [];
  const dropped: string[] = [];
  const requested: string[] = [];
  let status: CarrierStatus | null | Error = 'answered';
  let redirectFails = false;
  const ids = new Map<string, string>();
  const newId = (prefix: string): string => {
    const id = randomId(prefix);
    ids.set(prefix, id);
    return id;
  };
  const note = async (text: string): Promise<void> => void requested.push(text);
  const rest: TwilioRest = {
    warmUp: async () => undefined,
    async status(callSid) {
      await note(`status ${callSid}`);
      if (status instanceof Error) throw status;
      return status;
    },
    async redirect(callSid, twiml) {
      await note(`redirect ${callSid} ${twiml}`);
      if (redirectFails) throw new Error('Twilio says no');
    },
    hangUp: (callSid) => note(`hang up ${callSid}`),
    async dial({ to }) {
      await note(`dial ${to}`);
      return `CAto${to.slice(1)}`;
    },
    async record(callSid) {
      await note(`record ${callSid}`);
      return 'RE1';
    },
    stopRecording: (callSid) => note(`stop recording ${callSid}`),
  };
  const take: TakeCall = async (request): Promise<TakeCallResult> => {
    asked.push(request);
    const call = fakeCall(`call_${asked.length}`, request.leg);
    calls.push(call);
    const opening = { desk: { name: 'd', title: 'D' }, agents: {}, hearing: { available: true } };
    return { ok: true, call, opening };
  };
  const store = memoryCarrierCalls();
  const line = createTwilioLine({
    ...{ accountSid, rest, clock, urls: twilioUrls(publicUrl), log: silentLog, newId },
    number: '+442079460099',
    take: options.take ?? take,
    signature: createSignatureCheck({ authToken, publicUrl }),
    store: () => store,
    outbound: options.outbound,
    recordingQuestion: async () => options.recordingQuestion ?? null,
    onDropped: (reason) => dropped.push(reason),
  });
  const params = (callSid: string, more: Record<string, string> = {}) => ({
    params: { CallSid: callSid, AccountSid: accountSid, From: '+442079460001', ...more },
    query: {},
  });
  const open = (callSid: string): FakeStream => {
    const stream = fakeStream(callSid);
    line.media(stream.asSocket());
    return stream;
  };
  return {
    ...{ clock, line, calls, asked, dropped, requested, store, params, open },
    /** The last id that was made of a kind. */
    lastId: (prefix: string) => ids.get(prefix) ?? '',
    failRedirect() {
      redirectFails = true;
    },
    setStatus(next: typeof status) {
      status = next;
    },
    token: async (callSid: string) => tokenIn(await line.incoming(params(callSid))),
    /** A call that is under way on a stream. */
    async connect(callSid = 'CA1') {
      const stream = open(callSid);
      stream.start(tokenIn(await line.incoming(params(callSid))));
      await settle();
      return { stream, call: calls.at(-1)! };
    },
  };
}

/** The token that TwiML has for a stream. */
export function tokenIn(twiml: string | null): string {
  return /name="token" value="([^"]+)"/.exec(twiml ?? '')?.[1] ?? '';
}

function fakeCall(id: string, leg: CallerLeg): FakeCall {
  const ended = Promise.withResolvers<{ reason: CallEndReason }>();
  const heard: AudioPiece[] = [];
  const keys: string[] = [];
  const hungUp: (CallEndReason | undefined)[] = [];
  const presence: string[] = [];
  return {
    ...{ id, leg, heard, keys, hungUp, presence, ended: ended.promise },
    hearCaller: (audio) => void heard.push(audio),
    type: () => undefined,
    press: (pressed) => void keys.push(pressed),
    callerAway: () => void presence.push('away'),
    callerReturned: () => void presence.push('returned'),
    cutSpeech: () => void presence.push('cut'),
    hangUp(reason) {
      hungUp.push(reason);
      ended.resolve({ reason: reason ?? 'caller_hung_up' });
    },
    speak: (ms, itemId = 'item_1') =>
      leg.play({ itemId, audio: AudioPiece.ofBytes('audio/pcmu', new Uint8Array(ms * 8)) }),
    end: (reason) => ended.resolve({ reason }),
  };
}
