import { WebSocket } from 'ws';
import { formatFacts, type AudioFormat } from '../../audio/index.ts';
import type { Clock } from '../../lib/index.ts';
import type { MediaWire } from './media-wire.ts';

const frameMs = 20;

/** The carrier's end of one media stream: a telephone line in real time. */
export interface MediaLine {
  /** The caller says this behind what they are saying already, in the line's format. Resolves when it was said. */
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

/** What the line tells. */
export interface MediaLineListener {
  /** What the caller hears, 20 ms in the line's format, silence included. */
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
 */
export function openMediaLine(options: {
  readonly url: string;
  readonly wire: MediaWire;
  readonly format: AudioFormat;
  readonly clock: Clock;
  readonly listener: MediaLineListener;
}): MediaLine {
  const { clock, listener, wire } = options;
  const { bytesPerMs, silence } = formatFacts[options.format];
  const frameBytes = frameMs * bytesPerMs;
  const socket = new WebSocket(options.url, { perMessageDeflate: false, headers: wire.headers });
  const ended = Promise.withResolvers<LineEnd>();
  const toSay: { bytes: Uint8Array; readonly done: () => void }[] = [];
  let queue: Queued[] = [];
  let isSpeaking = false;
  let frames = 0;
  let startMs = 0;
  let by: LineEnd['by'] = 'server';
  let cancel = (): void => undefined;

  const send = (message: string | Uint8Array): void => {
    if (socket.readyState === socket.OPEN) socket.send(message);
  };

  function begin(): void {
    wire.opened().forEach(send);
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
    send(wire.audio(frame, (frames - 1) * frameMs));
  }

  function listen(): void {
    const frame = new Uint8Array(frameBytes).fill(silence);
    let filled = 0;
    for (let head = queue[0]; head; head = queue[0]) {
      if (head.type === 'mark') send(wire.played(head.name));
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

  function obey(data: Buffer, isBinary: boolean): void {
    const command = wire.read(data, isBinary);
    if (command?.type === 'audio') queue.push({ ...command, at: 0 });
    else if (command?.type === 'mark') queue.push(command);
    else if (command) {
      const marks = queue.flatMap((item) => (item.type === 'mark' ? [item.name] : []));
      queue = [];
      setSpeaking(false);
      wire.cleared(marks).forEach(send);
    }
  }

  socket.on('open', begin);
  socket.on('message', obey);
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
    press: (digit) => send(wire.key(digit)),
    stop() {
      by = 'caller';
      const word = wire.hungUp();
      if (word !== null) send(word);
      socket.close(1000);
    },
    cut() {
      by = 'lost';
      socket.terminate();
    },
    ended: ended.promise,
  };
}
