import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { readStamp, stampedFrame } from './stamp.ts';

/*
 * An engine that holds the same conversation with everybody: it answers for five seconds, is cut short
 * by its caller three seconds into it, hears them out, and begins again.
 */

const cycleMs = 8_000;
const answerMs = 5_000;
const interruptAtMs = 3_000;
const callerStopsAtMs = 4_500;
const deltaMs = 100;
/** Faster than it is heard, as engines do. */
const deltaEveryMs = 25;
const bytesPerMs = 8;

/** What the engine saw of its callers, since it was last asked. */
export interface EngineCounts {
  /** Frames of callers, and from when they were due until they were here. */
  frames: number;
  latenciesMs: number[];
  /** Frames whose numbers never came. */
  lost: number;
  /** Deltas sent. */
  deltas: number;
}

/** The engine, and its clockwork: whoever has the process calls `run` often. */
export interface FakeEngine extends AsyncDisposable {
  readonly port: number;
  /** Sends what is due. */
  run(nowMs: number): void;
  readonly counts: EngineCounts;
  reset(): void;
  /** When `speech_started` was last sent on the session whose deltas carry that number. */
  interruptedAtMs(session: number): number | null;
}

/** @returns an engine on a free port of 127.0.0.1. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.on('listening', resolve));
  const sessions = new Set<Session>();
  const interrupted = new Map<number, number>();
  const counts: EngineCounts = { frames: 0, latenciesMs: [], lost: 0, deltas: 0 };
  let numbers = 0;
  server.on('connection', (socket) => {
    const session = openSession(socket, { number: ++numbers, counts, interrupted });
    sessions.add(session);
    socket.on('close', () => sessions.delete(session));
  });
  return {
    port: (server.address() as AddressInfo).port, // a TCP server that listens
    counts,
    run(nowMs) {
      for (const session of sessions) session.run(nowMs);
    },
    reset() {
      Object.assign(counts, { frames: 0, latenciesMs: [], lost: 0, deltas: 0 });
    },
    interruptedAtMs: (session) => interrupted.get(session) ?? null,
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Session {
  run(nowMs: number): void;
}

type Fields = Readonly<Record<string, unknown>>;

function openSession(
  socket: WebSocket,
  shared: {
    readonly number: number;
    readonly counts: EngineCounts;
    readonly interrupted: Map<number, number>;
  },
): Session {
  const { number, counts, interrupted } = shared;
  let ids = 0;
  let beganMs = performance.now();
  let settings: Fields = { type: 'realtime', object: 'realtime.session', id: `sess_${number}` };
  let sequence = 0;
  let lastHeard: number | null = null;
  let plan: { readonly atMs: number; readonly act: () => void }[] = [];
  const id = (prefix: string): string => `${prefix}_${number}_${++ids}`;
  const send = (event: Fields): void => {
    if (socket.readyState === socket.OPEN) {
      socket.send(JSON.stringify({ event_id: id('event'), ...event }));
    }
  };

  /** One round of the conversation, each moment counted from its beginning. */
  function planned(): typeof plan {
    const response = { id: id('resp'), object: 'realtime.response', output: [] };
    const item = { id: id('item'), object: 'realtime.item', type: 'message', role: 'assistant' };
    const said = { id: id('item'), object: 'realtime.item', type: 'message', role: 'user' };
    const place = { response_id: response.id, item_id: item.id, output_index: 0, content_index: 0 };
    const steps: typeof plan = [
      {
        atMs: 0,
        act: () => {
          send({ type: 'response.created', response: { ...response, status: 'in_progress' } });
          const added = { ...item, status: 'in_progress', content: [] };
          const { response_id, output_index } = place;
          send({ type: 'response.output_item.added', response_id, output_index, item: added });
          send({ type: 'conversation.item.added', previous_item_id: null, item: added });
          const part = { type: 'audio', transcript: '' };
          send({ type: 'response.content_part.added', ...place, part });
        },
      },
    ];
    for (let delta = 0; delta < answerMs / deltaMs; delta++) {
      const atMs = delta * deltaEveryMs;
      steps.push({
        atMs,
        act: () => {
          if (delta % 4 === 0) {
            send({ type: 'response.output_audio_transcript.delta', ...place, delta: 'word ' });
          }
          counts.deltas += 1;
          const stamp = { dueMs: beganMs + atMs, line: number, sequence: ++sequence };
          send({
            ...{ type: 'response.output_audio.delta', ...place },
            delta: stampedFrame(stamp, deltaMs * bytesPerMs),
          });
        },
      });
    }
    const audioEndMs = answerMs / (deltaMs / deltaEveryMs);
    steps.push(
      {
        atMs: audioEndMs + 1,
        act: () => {
          const content = [{ type: 'output_audio', transcript: 'word word' }];
          const done = { ...item, status: 'completed', content };
          send({ type: 'response.output_audio.done', ...place });
          const transcript = 'word word';
          send({ type: 'response.output_audio_transcript.done', ...place, transcript });
          send({ type: 'response.content_part.done', ...place, part: content[0] });
          send({ type: 'conversation.item.done', previous_item_id: null, item: done });
          const { response_id, output_index } = place;
          send({ type: 'response.output_item.done', response_id, output_index, item: done });
          const ended = { ...response, status: 'completed', output: [done] };
          send({ type: 'response.done', response: ended });
        },
      },
      {
        atMs: interruptAtMs,
        act: () => {
          interrupted.set(number, performance.now());
          send({
            ...{ type: 'input_audio_buffer.speech_started', item_id: said.id },
            audio_start_ms: interruptAtMs,
          });
        },
      },
      {
        atMs: callerStopsAtMs,
        act: () => {
          const content = [{ type: 'input_audio', transcript: null }];
          const heard = { ...said, status: 'completed', content };
          send({
            ...{ type: 'input_audio_buffer.speech_stopped', item_id: said.id },
            audio_end_ms: callerStopsAtMs,
          });
          const previous = { previous_item_id: item.id };
          send({ type: 'input_audio_buffer.committed', ...previous, item_id: said.id });
          send({ type: 'conversation.item.added', ...previous, item: heard });
          send({ type: 'conversation.item.done', ...previous, item: heard });
          send({
            type: 'conversation.item.input_audio_transcription.completed',
            ...{ item_id: said.id, content_index: 0, transcript: 'and another thing' },
          });
        },
      },
    );
    return steps;
  }

  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as Fields & { type: string }; // made by the clients of this bench
    switch (event.type) {
      case 'input_audio_buffer.append': {
        const stamp = readStamp(String(event['audio']));
        if (!stamp) return;
        counts.frames += 1;
        counts.latenciesMs.push(performance.now() - stamp.dueMs);
        if (lastHeard !== null) counts.lost += stamp.sequence - lastHeard - 1;
        lastHeard = stamp.sequence;
        return;
      }
      case 'session.update':
        settings = { ...settings, ...(event['session'] as Fields) };
        return send({ type: 'session.updated', session: settings });
      case 'conversation.item.truncate': {
        const { item_id, content_index, audio_end_ms } = event;
        const place = { item_id, content_index, audio_end_ms };
        return send({ type: 'conversation.item.truncated', ...place });
      }
    }
  });
  send({ type: 'session.created', session: settings });
  return {
    run(nowMs) {
      if (plan.length === 0 && nowMs - beganMs >= cycleMs) {
        beganMs = nowMs;
        plan = planned();
      }
      for (let step = plan[0]; step && nowMs - beganMs >= step.atMs; step = plan[0]) {
        plan.shift();
        step.act();
      }
    },
  };
}
