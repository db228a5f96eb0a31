import { WebSocket } from 'ws';
import { formatFacts } from '../../audio/index.ts';
import type { Clock } from '../../lib/index.ts';
import { twilioStreamCommand, type TwilioStreamMessage } from '../../protocol/twilio/index.ts';

const { bytesPerMs, silence } = formatFacts['audio/pcmu'];
const frameMs = 20;
const frameBytes = frameMs * bytesPerMs;

/** The carrier's end of one media stream: a telephone line in real time. */
export interface MediaLine {
  /** The caller says this behind what they are saying already: µ-law. Resolves when it was said. */
  say(speech: Uint8Array): Promise<void>;
  /** Presses one key. */
  press(key: string): void;
  /** The caller hangs up, or the carrier takes the stream away. */
  stop(): void;
  /** Cuts the line without a word, as a network does. */
  cut(): void;
  /** Resolves when the stream is over. */
  readonly ended: Promise<LineEnd>;
}

/** How a line ended. */
export interface LineEnd {
  /** `server`: the far end closed it; `caller`: they hung up; `lost`: it was cut. */
  readonly by: 'server' | 'caller' | 'lost';
  /** Sent by the server and not cleared, but not played yet when the line ended. */
  readonly unheardMs: number;
}

/** What is to be known for the `start` message. */
export interface StreamIds {
  readonly accountSid: string;
  readonly callSid: string;
  readonly streamSid: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What the line tells. */
export interface MediaLineListener {
  /** What the caller hears, 20 ms of µ-law, silence included. */
  heard(frame: Uint8Array): void;
  /** What the caller says, likewise. */
  said(frame: Uint8Array): void;
  /** The agent's voice is to be heard from now on, or has run dry. */
  speaking(isSpeaking: boolean): void;
}

/** Audio that the server has sent and the caller has not heard, with the marks behind it. */
type Queued =
  | { readonly type: 'audio'; readonly bytes: Uint8Array; at: number }
  | { readonly type: 'mark'; readonly name: string };

/**
 * Opens a media stream as a carrier does and holds it in real time.
 *
 * Twenty milliseconds go each way every twenty milliseconds, late timers catch up; what the server sends
 * is kept and played at the pace of speech; a mark comes back when everything before it was played;
 * `clear` drops the rest, and its marks come back at once.
 *
 * @param options.signature of the upgrade
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */
export function openMediaLine(options: {
  readonly url: string;
  readonly signature: string;
  readonly ids: StreamIds;
  readonly clock: Clock;
  readonly listener: MediaLineListener;
}): MediaLine {
  const { clock, listener, ids } = options;
  const { accountSid, callSid, streamSid } = ids;
  const socket = new WebSocket(options.url, {
    perMessageDeflate: false,
    headers: { 'x-twilio-signature': options.signature },
  });
  const ended = Promise.withResolvers<LineEnd>();
  const toSay: { bytes: Uint8Array; readonly done: () => void }[] = [];
  let queue: Queued[] = [];
  let isSpeaking = false;
  let sequence = 0;
  let frames = 0;
  let startMs = 0;
  let by: LineEnd['by'] = 'server';
  let cancel = (): void => undefined;

  const send = (message: Unnumbered): void => {
    if (socket.readyState !== socket.OPEN) return;
    sequence += 1;
    socket.send(JSON.stringify({ ...message, sequenceNumber: String(sequence), streamSid }));
  };

  function begin(): void {
    socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
    send({
      event: 'start',
      start: {
        ...{ accountSid, streamSid, callSid, tracks: ['inbound'], mediaFormat },
        customParameters: ids.parameters,
      },
    });
    startMs = clock.monotonicMs();
    cancel = clock.setTimer(frameMs, tick);
  }

  function tick(): void {
    const due = Math.floor((clock.monotonicMs() - startMs) / frameMs);
    while (frames < due) {
      frames += 1;
      speak();
      listen();
    }
    const nextAtMs = startMs + (frames + 1) * frameMs;
    cancel = clock.setTimer(Math.max(0, nextAtMs - clock.monotonicMs()), tick);
  }

  function speak(): void {
    const frame = new Uint8Array(frameBytes).fill(silence);
    let filled = 0;
    for (let head = toSay[0]; head && filled < frameBytes; head = toSay[0]) {
      const part = head.bytes.subarray(0, frameBytes - filled);
      frame.set(part, filled);
      filled += part.length;
      head.bytes = head.bytes.subarray(part.length);
      if (head.bytes.length > 0) break;
      head.done();
      toSay.shift();
    }
    listener.said(frame);
    const payload = Buffer.from(frame.buffer).toString('base64');
    const timestamp = String((frames - 1) * frameMs);
    send({
      event: 'media',
      media: { track: 'inbound', chunk: String(frames), timestamp, payload },
    });
  }

  function listen(): void {
    const frame = new Uint8Array(frameBytes).fill(silence);
    let filled = 0;
    for (let head = queue[0]; head; head = queue[0]) {
      if (head.type === 'mark') send({ event: 'mark', mark: { name: head.name } });
      else {
        const part = head.bytes.subarray(head.at, head.at + frameBytes - filled);
        frame.set(part, filled);
        filled += part.length;
        head.at += part.length;
        if (head.at < head.bytes.length) break;
      }
      queue.shift();
    }
    setSpeaking(filled > 0);
    listener.heard(frame);
  }

  function setSpeaking(now: boolean): void {
    if (now === isSpeaking) return;
    isSpeaking = now;
    listener.speaking(now);
  }

  function obey(text: string): void {
    const parsed = twilioStreamCommand.safeParse(JSON.parse(text));
    if (!parsed.success || parsed.data.streamSid !== streamSid) return;
    const command = parsed.data;
    if (command.event === 'media') {
      queue.push({ type: 'audio', bytes: Buffer.from(command.media.payload, 'base64'), at: 0 });
    } else if (command.event === 'mark') queue.push({ type: 'mark', name: command.mark.name });
    else {
      const dropped = queue;
      queue = [];
      setSpeaking(false);
      for (const item of dropped) {
        if (item.type === 'mark') send({ event: 'mark', mark: { name: item.name } });
      }
    }
  }

  socket.on('open', begin);
  socket.on('message', (data: Buffer) => obey(data.toString()));
  socket.on('error', () => undefined); // its close follows
  socket.on('close', () => {
    cancel();
    setSpeaking(false);
    for (const { done } of toSay.splice(0)) done();
    const unheard = queue.map((item) => (item.type === 'audio' ? item.bytes.length - item.at : 0));
    ended.resolve({ by, unheardMs: unheard.reduce((sum, bytes) => sum + bytes, 0) / bytesPerMs });
  });

  return {
    say: (bytes) => new Promise((done) => toSay.push({ bytes, done })),
    press: (digit) => send({ event: 'dtmf', dtmf: { track: 'inbound_track', digit } }),
    stop() {
      by = 'caller';
      send({ event: 'stop', stop: { accountSid, callSid } });
      socket.close(1000);
    },
    cut() {
      by = 'lost';
      socket.terminate();
    },
    ended: ended.promise,
  };
}

type WithoutNumber<M> = M extends unknown ? Omit<M, 'streamSid' | 'sequenceNumber'> : never;
type Unnumbered = WithoutNumber<Exclude<TwilioStreamMessage, { event: 'connected' }>>;
