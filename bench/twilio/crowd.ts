import { WebSocket } from 'ws';
import { readTwiml } from '../../src/cli/carrier/twiml.ts';
import { readStamp, stampedFrame } from './stamp.ts';

const frameMs = 20;
const frameBytes = 160;
const bytesPerMs = 8;
/** A sender that is later than this was busy itself: what was measured meanwhile is void. */
const lagMs = 10;

/** How calls are brought to what is measured. */
export interface CrowdTarget {
  /** Where the media stream of the next call is opened, and with what. */
  connect(callSid: string): Promise<{
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly token: string;
  }>;
  readonly accountSid: string;
}

/** What the callers' ends saw. */
export interface CrowdCounts {
  sent: number;
  /** Deltas that came back, and from when they were due at the engine. */
  received: number;
  latenciesMs: number[];
  lost: number;
  /** From `speech_started` at the engine to `clear` here. */
  clearsMs: number[];
  /** Milliseconds in which this process was late itself. */
  lateMs: number;
}

/** Many calls at once, whose frames go out on time. Whoever has the process calls `run` often. */
export interface Crowd {
  join(target: CrowdTarget): Promise<void>;
  run(nowMs: number): void;
  readonly counts: CrowdCounts;
  reset(): void;
  readonly size: number;
  leave(): Promise<void>;
}

interface Line {
  readonly socket: WebSocket;
  readonly streamSid: string;
  readonly number: number;
  readonly startMs: number;
  frames: number;
  /** Session of the engine that speaks to this line. */
  session: number | null;
  lastDelta: number | null;
  playUntilMs: number;
  marks: { readonly name: string; readonly atMs: number }[];
}

/** @param interruptedAtMs when the engine said that the caller speaks, by its session's number */
export function createCrowd(interruptedAtMs: (session: number) => number | null): Crowd {
  const lines: Line[] = [];
  const counts: CrowdCounts = fresh();
  let lastRunMs = performance.now();
  /** Of all calls ever, so that none has the id of one that is over. */
  let joined = 0;

  function send(line: Line, message: object): void {
    if (line.socket.readyState !== WebSocket.OPEN) return;
    line.socket.send(JSON.stringify({ ...message, streamSid: line.streamSid }));
  }

  function obey(line: Line, text: string): void {
    const command = JSON.parse(text) as {
      readonly event: string;
      readonly media?: { readonly payload: string };
      readonly mark?: { readonly name: string };
    }; // made by what is measured
    const nowMs = performance.now();
    if (command.event === 'media' && command.media) {
      const { payload } = command.media;
      line.playUntilMs = Math.max(nowMs, line.playUntilMs) + (payload.length * 3) / 4 / bytesPerMs;
      const stamp = readStamp(payload);
      if (!stamp) return;
      counts.received += 1;
      counts.latenciesMs.push(nowMs - stamp.dueMs);
      line.session = stamp.line;
      if (line.lastDelta !== null) counts.lost += stamp.sequence - line.lastDelta - 1;
      line.lastDelta = stamp.sequence;
    } else if (command.event === 'mark' && command.mark) {
      line.marks.push({ name: command.mark.name, atMs: line.playUntilMs });
    } else if (command.event === 'clear') {
      const atMs = line.session === null ? null : interruptedAtMs(line.session);
      if (atMs !== null && nowMs - atMs < 1_000) counts.clearsMs.push(nowMs - atMs);
      line.playUntilMs = nowMs;
      for (const { name } of line.marks.splice(0)) send(line, { event: 'mark', mark: { name } });
    }
  }

  return {
    counts,
    get size() {
      return lines.length;
    },
    async join({ connect, accountSid }) {
      const number = ++joined;
      const callSid = `CA${String(number).padStart(32, '0')}`;
      const streamSid = `MZ${String(number).padStart(32, '0')}`;
      const { url, headers, token } = await connect(callSid);
      const socket = new WebSocket(url, { perMessageDeflate: false, headers });
      await new Promise((resolve, reject) => {
        socket.once('open', resolve);
        socket.once('error', reject);
      });
      const line: Line = {
        ...{ socket, streamSid, number, frames: 0, session: null, lastDelta: null },
        // Spread over the frame, as calls are.
        startMs: performance.now() + ((number * 7) % frameMs),
        ...{ playUntilMs: 0, marks: [] },
      };
      socket.on('message', (data: Buffer) => obey(line, data.toString()));
      socket.on('error', () => undefined);
      socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
      const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
      send(line, {
        ...{ event: 'start', sequenceNumber: '1' },
        start: {
          ...{ accountSid, streamSid, callSid, tracks: ['inbound'], mediaFormat },
          customParameters: { token },
        },
      });
      lines.push(line);
    },
    run(nowMs) {
      if (nowMs - lastRunMs > lagMs) counts.lateMs += nowMs - lastRunMs;
      lastRunMs = nowMs;
      for (const line of lines) {
        for (let dueMs = line.startMs + line.frames * frameMs; dueMs <= nowMs; dueMs += frameMs) {
          line.frames += 1;
          counts.sent += 1;
          const stamp = { dueMs, line: line.number, sequence: line.frames };
          const timestamp = String((line.frames - 1) * frameMs);
          const payload = stampedFrame(stamp, frameBytes);
          // In the shape and order that Twilio sends.
          const media = { track: 'inbound', chunk: String(line.frames), timestamp, payload };
          send(line, { event: 'media', sequenceNumber: String(line.frames + 1), media });
        }
        for (let mark = line.marks[0]; mark && mark.atMs <= nowMs; mark = line.marks[0]) {
          line.marks.shift();
          send(line, { event: 'mark', mark: { name: mark.name } });
        }
      }
    },
    reset: () => void Object.assign(counts, fresh()),
    async leave() {
      const left = lines.splice(0).map(async (line) => {
        send(line, { event: 'stop', stop: {} });
        line.socket.close();
        await new Promise((resolve) => line.socket.once('close', resolve));
      });
      await Promise.all(left);
    },
  };
}

const fresh = (): CrowdCounts => ({
  ...{ sent: 0, received: 0, lost: 0, lateMs: 0 },
  ...{ latenciesMs: [], clearsMs: [] },
});

/** The media stream that a webhook's answer asks for. */
export function streamIn(answer: string): { readonly url: string; readonly token: string } {
  const stream = readTwiml(answer).find((verb) => verb.name === 'Stream');
  if (!stream) throw new Error(`no stream in ${answer}`);
  return { url: stream.url, token: stream.parameters['token'] ?? '' };
}
