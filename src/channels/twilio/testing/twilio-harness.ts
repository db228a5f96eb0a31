import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { AudioPiece } from '../../../audio/index.ts';
import type {
  CallerLeg,
  CarrierStatus,
  LiveCall,
  TakeCall,
  TakeCallResult,
} from '../../../call/ports.ts';
import { manualClock, randomId, silentLog } from '../../../lib/index.ts';
import type { CallEndReason } from '../../../protocol/index.ts';
import type { TwilioStreamCommand } from '../../../protocol/twilio/index.ts';
import { memoryCarrierCalls } from '../../../testing/memory-services.ts';
import { createSignatureCheck } from '../signature.ts';
import { createTwilioLine } from '../twilio-line.ts';
import type { TwilioRest } from '../rest.ts';
import { twilioUrls } from '../urls.ts';

export const accountSid = `AC${'0'.repeat(32)}`;
export const authToken = 'a-token-of-the-account';
export const publicUrl = 'https://line.example.com';

/** Twilio's end of a media stream. */
export class FakeStream extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly got: TwilioStreamCommand[] = [];
  closedWith: number | 'terminated' | undefined;
  #chunks = 0;
  readonly callSid: string;
  readonly streamSid: string;

  constructor(callSid: string) {
    super();
    this.callSid = callSid;
    this.streamSid = randomId('MZ').replace('_', '');
  }

  // Of a WebSocket, as our side uses it.
  send(data: string): void {
    this.got.push(JSON.parse(data) as TwilioStreamCommand); // what we wrote
  }
  close(code: number): void {
    this.end(code);
  }
  terminate(): void {
    this.end('terminated');
  }

  /** The connection is gone. */
  end(how: number | 'terminated'): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.closedWith = how;
    this.emit('close');
  }
  raw(text: string | Buffer, isBinary = false): void {
    this.emit('message', Buffer.from(text), isBinary);
  }
  say(message: unknown): void {
    this.raw(JSON.stringify(message));
  }
  start(token: string | null, more: { accountSid?: string; callSid?: string } = {}): void {
    const { callSid, streamSid } = this;
    this.say({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    this.say({
      ...{ event: 'start', sequenceNumber: '1', streamSid },
      start: {
        ...{ accountSid, callSid, streamSid, tracks: ['inbound'], ...more },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: token === null ? {} : { token },
      },
    });
  }
  /** 20 ms of the caller, written as Twilio writes it. */
  media(options: { readonly timestamp?: unknown; readonly payload?: string } = {}): void {
    const { timestamp = String(this.#chunks * 20), payload = tone.toString('base64') } = options;
    this.#chunks += 1;
    const chunk = String(this.#chunks);
    this.say({
      ...{ event: 'media', sequenceNumber: String(this.#chunks + 1) },
      media: { track: 'inbound', chunk, timestamp, payload },
      streamSid: this.streamSid,
    });
  }
  mark(name: string): void {
    this.say({ event: 'mark', sequenceNumber: '9', streamSid: this.streamSid, mark: { name } });
  }
  /** Returns the marks of everything that was sent, as Twilio does when it was played. */
  playAll(): void {
    for (const { mark } of this.commands('mark')) this.mark(mark.name);
  }
  stop(): void {
    const { callSid, streamSid } = this;
    this.say({ event: 'stop', streamSid, stop: { accountSid, callSid } });
  }
  commands<E extends TwilioStreamCommand['event']>(
    event: E,
  ): readonly Extract<TwilioStreamCommand, { event: E }>[] {
    return this.got.filter(
      (command): command is Extract<TwilioStreamCommand, { event: E }> => command.event === event,
    );
  }
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
  options: { readonly take?: TakeCall; readonly recordingQuestion?: string } = {},
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
    recordingQuestion: async () => options.recordingQuestion ?? null,
    onDropped: (reason) => dropped.push(reason),
  });
  const params = (callSid: string, more: Record<string, string> = {}) => ({
    params: { CallSid: callSid, AccountSid: accountSid, From: '+442079460001', ...more },
    query: {},
  });
  const open = (callSid: string): FakeStream => {
    const stream = new FakeStream(callSid);
    line.media(stream as unknown as WebSocket); // it has the few members that are used
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
