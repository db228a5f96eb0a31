import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { decodeClientFrame, type ClientEvent } from '../../protocol/index.ts';
import type { EngineEndpoint } from '../ports.ts';
import { answeredPing } from './answered-ping.ts';
import { openSessionServer } from './session-server.ts';

/** One thing that a response of the model consists of. After `pause` it goes on when it is told to. */
export type ModelAct =
  | { readonly say: string; readonly ms: number }
  | { readonly call: string; readonly arguments: string; readonly twice: boolean }
  | 'pause';

/** A tool as the session has it. */
export interface SessionTool {
  readonly name: string;
  /** JSON schema. */
  readonly parameters: {
    readonly properties?: Readonly<
      Record<string, { readonly type?: string; readonly enum?: readonly unknown[] }>
    >;
  };
}

/** What plays the model: it sees what the engine was told last. */
export interface PlayedModel {
  respond(tools: readonly SessionTool[]): readonly ModelAct[];
  /** Whether the engine acknowledges the session it was just sent. */
  acknowledges(): boolean;
}

/** A function call that the engine gave out. */
export interface GivenCall {
  readonly callId: string;
  readonly name: string;
  readonly arguments: string;
}

/** The engine's side of one call. */
export interface ModelSession {
  /** Client events so far, audio left out. */
  readonly received: readonly ClientEvent[];
  /** Frames that no Realtime server would take. */
  readonly faults: readonly string[];
  readonly given: readonly GivenCall[];
  /** What happened at the engine, in order, for the message of a failed test. */
  readonly log: readonly string[];
  /** Function calls without an output. */
  unanswered(): readonly GivenCall[];
  /** Responses that were asked for since the caller's last turn. */
  asked(): number;
  speechStarted(itemId: string): void;
  /** Ends the caller's turn and answers it, as `server_vad` does. */
  speechStopped(itemId: string, transcript: string): void;
  callerTyped(): void;
  /** A response that nobody asked for. */
  stray(acts: readonly ModelAct[]): void;
  /** What was paused goes on. */
  goOn(): void;
  /** Delivers the last function call once more. */
  again(): void;
  /** Acknowledges what was not acknowledged. */
  acknowledge(): void;
  /** Resolves when everything sent has been acted upon, or after 80 ms of waiting for a tool. */
  settled(): Promise<void>;
}

/** A Realtime server whose model does anything. */
export interface ModelEngine extends AsyncDisposable {
  readonly endpoint: EngineEndpoint;
  /** Who plays the model of the next session; resolves once the call has connected. */
  play(model: PlayedModel): Promise<ModelSession>;
}

type Fields = Readonly<Record<string, unknown>>;

const mostResponses = 200;

/** Starts the server on a free port of this machine. */
export async function startModelEngine(): Promise<ModelEngine> {
  let next: ((socket: WebSocket) => void) | null = null;
  const http = await openSessionServer({
    model: 'random',
    connected: (socket) => next?.(socket),
  });
  return {
    endpoint: http.endpoint,
    play: (model) =>
      new Promise((resolve) => {
        next = (socket) => resolve(openSession(socket, model));
      }),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}

interface OpenResponse {
  readonly id: string;
  readonly rest: ModelAct[];
  item: Fields | null;
}

function openSession(socket: WebSocket, model: PlayedModel): ModelSession {
  const received: ClientEvent[] = [];
  const faults: string[] = [];
  const given: GivenCall[] = [];
  const log: string[] = [];
  const answered = new Set<string>();
  let items: Fields[] = [];
  let session: Fields = {
    type: 'realtime',
    object: 'realtime.session',
    instructions: '',
    tools: [],
  };
  let open: OpenResponse | null = null;
  let lastCall: Fields | null = null;
  let owesAcknowledgement = false;
  let ids = 0;
  let asked = 0;
  let responses = 0;

  const send = (event: Fields): void =>
    socket.send(JSON.stringify({ event_id: `e${++ids}`, ...event }));
  /** @param after id of the item before it, `root`, or nothing: it is the last */
  const addItem = (item: Fields, after?: string): void => {
    const at =
      after === undefined || after === 'root' ? -1 : items.findIndex(({ id }) => id === after);
    if (after === undefined) items.push(item);
    else items.splice(at + 1, 0, item);
    const previous = items[items.indexOf(item) - 1]?.['id'] ?? null;
    send({ type: 'conversation.item.added', previous_item_id: previous, item });
    if (item['status'] !== 'in_progress') {
      send({ type: 'conversation.item.done', previous_item_id: previous, item });
    }
  };
  const isThere = (id: unknown): boolean => items.some((item) => item['id'] === id);
  /** What a Realtime server would refuse, which would be silence or an error that nobody asked for. */
  const create = (item: Fields, after: string | undefined): void => {
    const { type, call_id: callId } = item;
    const same = items.filter((other) => other['call_id'] === callId && callId !== undefined);
    if (same.some((other) => other['type'] === type))
      faults.push(`${String(type)} ${String(callId)} twice`);
    if (type === 'function_call_output') {
      if (!same.some((other) => other['type'] === 'function_call')) {
        faults.push(`an output without its call ${String(callId)}`);
      }
      answered.add(String(callId));
      log.push(`answer to ${String(callId)}: ${String(item['output'])}`);
    }
    if (after !== undefined && after !== 'root' && !isThere(after))
      faults.push(`nothing is after ${after}`);
    addItem({ id: `item_${++ids}`, status: 'completed', ...item }, after);
  };
  const respond = (acts: readonly ModelAct[]): void => {
    if (++responses > mostResponses) return; // a flood: the test sees it, the machine does not burn
    open = { id: `resp_${++ids}`, rest: [...acts], item: null };
    log.push(`${open.id} begins`);
    send({
      type: 'response.created',
      response: { id: open.id, status: 'in_progress', output: [] },
    });
    goOn();
  };
  const goOn = (): void => {
    while (open) {
      const act = open.rest.shift();
      if (act === undefined) return finish('completed');
      if (act === 'pause') return;
      if ('say' in act) say(open, act);
      else call(open.id, act);
    }
  };
  const say = (
    response: OpenResponse,
    { say: text, ms }: Extract<ModelAct, { say: string }>,
  ): void => {
    endItem('completed');
    const id = `item_${++ids}`;
    const item = { id, type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    const place = { response_id: response.id, output_index: 0, item_id: id, content_index: 0 };
    log.push(`${response.id} says ${text}`);
    send({ type: 'response.output_item.added', response_id: response.id, output_index: 0, item });
    addItem(item);
    send({ type: 'response.output_audio_transcript.delta', ...place, delta: text });
    const delta = Buffer.alloc(ms * 48).toString('base64');
    send({ type: 'response.output_audio.delta', ...place, delta });
    response.item = { ...item, content: [{ type: 'output_audio', transcript: text }] };
  };
  const endItem = (status: string): void => {
    if (!open?.item) return;
    const item: Fields = { ...open.item, status };
    const place = { response_id: open.id, output_index: 0 };
    open.item = null;
    send({ type: 'response.output_audio.done', ...place, item_id: item['id'], content_index: 0 });
    send({ type: 'conversation.item.done', previous_item_id: null, item });
    send({ type: 'response.output_item.done', ...place, item });
  };
  const call = (responseId: string, act: Extract<ModelAct, { call: string }>): void => {
    endItem('completed');
    const callId = `call_${++ids}`;
    const item = { id: `fc_${callId}`, type: 'function_call', name: act.call, call_id: callId };
    const place = { response_id: responseId, output_index: 0 };
    const begun = { ...item, status: 'in_progress', arguments: '' };
    given.push({ callId, name: act.call, arguments: act.arguments });
    log.push(
      `${responseId} calls ${act.call} ${act.arguments} (${callId}${act.twice ? ', twice' : ''})`,
    );
    send({ type: 'response.output_item.added', ...place, item: begun });
    addItem({ ...item, status: 'completed', arguments: act.arguments });
    const done = { ...item, status: 'completed', arguments: act.arguments };
    lastCall = { type: 'response.output_item.done', ...place, item: done };
    send(lastCall);
    if (act.twice) send(lastCall);
  };
  const finish = (status: 'completed' | 'cancelled'): void => {
    if (!open) return;
    endItem(status === 'completed' ? 'completed' : 'incomplete');
    const { id } = open;
    open = null;
    log.push(`${id} ${status}`);
    send({ type: 'response.done', response: { id, status, status_details: null, output: [] } });
  };
  const fail = (code: string, eventId: string | undefined): void =>
    send({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code,
        message: code,
        param: null,
        event_id: eventId ?? null,
      },
    });
  const tools = (): readonly SessionTool[] => session['tools'] as readonly SessionTool[]; // parsed by the protocol's schema

  const on = (event: ClientEvent): void => {
    if (event.type === 'input_audio_buffer.append') return;
    received.push(event);
    switch (event.type) {
      case 'session.update':
        session = { ...session, ...event.session };
        if (event.session.instructions !== undefined && !model.acknowledges()) {
          log.push('session not acknowledged');
          owesAcknowledgement = true;
          return;
        }
        return send({ type: 'session.updated', session });
      case 'conversation.item.create':
        return create(event.item, event.previous_item_id ?? undefined);
      case 'conversation.item.delete': {
        const { item_id: id } = event;
        log.push(`item ${id} deleted`);
        if (!isThere(id)) return fail('item_delete_invalid_item_id', event.event_id);
        items = items.filter((item) => item['id'] !== id);
        return send({ type: 'conversation.item.deleted', item_id: id });
      }
      case 'conversation.item.truncate':
        return send({ ...event, type: 'conversation.item.truncated' });
      case 'response.create':
        asked++;
        log.push('asked to respond');
        if (open) return fail('conversation_already_has_active_response', event.event_id);
        return respond(model.respond(tools()));
      case 'response.cancel':
        return open ? finish('cancelled') : fail('response_cancel_not_active', event.event_id);
      default:
        return;
    }
  };
  // `ws` delivers single Buffers unless told otherwise.
  socket.on('message', (data) => {
    const decoded = decodeClientFrame((data as Buffer).toString());
    if (decoded.ok) on(decoded.event);
    else faults.push(decoded.fault.message);
  });
  send({ type: 'session.created', session });
  const unanswered = (): readonly GivenCall[] =>
    given.filter(({ callId }) => !answered.has(callId));
  const roundTrip = async (): Promise<void> => {
    await answeredPing(socket);
    await turnOfTheLoop();
  };

  return {
    received,
    faults,
    given,
    log,
    unanswered,
    asked: () => asked,
    speechStarted(itemId) {
      log.push('caller begins to speak');
      asked = 0;
      send({ type: 'input_audio_buffer.speech_started', item_id: itemId, audio_start_ms: 0 });
      finish('cancelled');
    },
    speechStopped(itemId, transcript) {
      log.push(`caller said "${transcript}"`);
      send({ type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: 0 });
      send({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: null });
      const content = [{ type: 'input_audio', transcript: null }];
      addItem({ id: itemId, type: 'message', role: 'user', status: 'completed', content });
      send({
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: itemId,
        content_index: 0,
        transcript,
        usage: { type: 'duration', seconds: 1 },
      });
      if (!open) respond(model.respond(tools()));
    },
    callerTyped() {
      log.push('caller types');
      asked = 0;
    },
    stray(acts) {
      if (!open) respond(acts);
    },
    goOn() {
      if (open) goOn();
    },
    again() {
      if (lastCall) {
        log.push('last call delivered again');
        send(lastCall);
      }
    },
    acknowledge() {
      if (!owesAcknowledgement) return;
      owesAcknowledgement = false;
      log.push('session acknowledged late');
      send({ type: 'session.updated', session });
    },
    async settled() {
      const untilMs = performance.now() + 80;
      let quiet = 0;
      while (quiet < 2) {
        const before = received.length;
        await roundTrip();
        const busy =
          unanswered().length > 0 &&
          performance.now() < untilMs &&
          socket.readyState === socket.OPEN;
        if (busy) await sleep(3);
        quiet = received.length === before && !busy ? quiet + 1 : 0;
      }
    },
  };
}
