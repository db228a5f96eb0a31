import type { WebSocket } from 'ws';
import {
  decodeClientFrame,
  type ClientEvent,
  type ClientEventOf,
  type ClientEventType,
} from '../../protocol/index.ts';
import { answeredPing } from './answered-ping.ts';
import { createScriptedConversation, type Fields } from './scripted-conversation.ts';
import type { ScriptedEngineOptions } from './scripted-engine-options.ts';

/** A server event, looser than the protocol's own type: a test may want it broken. */
export type WireEvent = { readonly type: string; readonly [field: string]: unknown };

/** One thing an answer of the engine consists of. */
export type ScriptedPart =
  | {
      readonly say: string;
      readonly ms: number;
      readonly itemId: string;
      /** The response stays open after this part until {@link ScriptedSession.finish}. */
      readonly open?: boolean;
    }
  | { readonly call: string; readonly arguments: string; readonly callId: string };

/** The engine's side of one connection, driven by a test. */
export interface ScriptedSession {
  /** Client events so far, audio left out. */
  readonly received: readonly ClientEvent[];
  /** Frames that no Realtime server would take. */
  readonly faults: readonly string[];
  /** Bytes of each audio frame that came. */
  readonly audioFrameBytes: readonly number[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
  /** The conversation as the engine holds it, an item a line: `user Hello`, `call lookup c1`, `output c1 {…}`. */
  conversation(): readonly string[];
  /** Instructions of the session as last updated. */
  instructions(): string;
  toolNames(): readonly string[];
  of<T extends ClientEventType>(type: T): readonly ClientEventOf<T>[];
  /** Sends an event as it is. */
  send(event: WireEvent): void;
  /** Sends a frame that may be anything. */
  sendRaw(frame: string): void;
  /** Answers now, without being asked, as after a spoken turn. */
  respond(parts: readonly ScriptedPart[]): void;
  /** Ends a response left open. */
  finish(status?: 'completed' | 'cancelled' | 'failed'): void;
  speechStarted(itemId: string): void;
  /** Ends the caller's turn; the transcript follows only when it is given. */
  speechStopped(itemId: string, transcript?: string): void;
  transcript(itemId: string, text: string): void;
  drop(): void;
  /** Resolves once all that was sent was acted upon. */
  arrived(): Promise<void>;
  close(code: number): void;
  /** Cuts an item by itself and tells. */
  truncate(itemId: string, audioEndMs: number): void;
}

/** What a session is opened with. */
interface Opening {
  readonly headers: ScriptedSession['headers'];
  readonly url: string;
  readonly answers: (readonly ScriptedPart[])[];
  readonly options: ScriptedEngineOptions;
}

type OwnResponse = ClientEventOf<'response.create'>['response'];

/** Plays the engine on a connection that has just opened. */
export function openScriptedSession(
  socket: WebSocket,
  { headers, url, answers, options }: Opening,
): ScriptedSession {
  const received: ClientEvent[] = [];
  const faults: string[] = [];
  const audioFrameBytes: number[] = [];
  const spoken = new Map<string, Fields>();
  const truncated = new Set<string>();
  let session: Fields = {
    type: 'realtime',
    object: 'realtime.session',
    id: 'sess_1',
    instructions: '',
    tools: [],
  };
  let events = 0;
  let responses = 0;
  let owned = 0;
  /** Items of responses that join no conversation. */
  const beside = new Set<string>();
  let made = 0;
  let open: { id: string; item: Fields | null } | null = null;

  const sendRaw = (frame: string): void => socket.send(frame);
  const send = (event: WireEvent): void =>
    sendRaw(JSON.stringify({ event_id: `event_${++events}`, ...event }));
  const conversation = createScriptedConversation(send);
  const respond = (parts: readonly ScriptedPart[], own?: OwnResponse): void => {
    if (open) throw new Error('The last response is still open.');
    const id = `resp_${++responses}`;
    open = { id, item: null };
    const metadata = own?.metadata ?? null;
    const response = { id, status: 'in_progress', output: [], metadata };
    send({ type: 'response.created', response });
    for (const [index, part] of parts.entries()) {
      if (own?.conversation === 'none' && 'say' in part) beside.add(part.itemId);
      if ('say' in part) say(id, index, part);
      else call(id, index, part);
      if ('say' in part && part.open) return;
    }
    if (parts.length > 0) finish('completed');
  };
  const say = (id: string, index: number, part: Extract<ScriptedPart, { say: string }>): void => {
    const item: Fields = {
      id: part.itemId,
      type: 'message',
      role: 'assistant',
      status: 'in_progress',
      content: [],
    };
    spoken.set(part.itemId, item);
    const place = { response_id: id, output_index: index, item_id: part.itemId, content_index: 0 };
    send({ type: 'response.output_item.added', response_id: id, output_index: index, item });
    if (!beside.has(part.itemId)) conversation.add(item);
    const words = part.say.split(/(?<= )/);
    const chunkMs = part.ms / words.length;
    for (const word of words) {
      send({ type: 'response.output_audio_transcript.delta', ...place, delta: word });
      const audio = Buffer.alloc(Math.round(chunkMs * 24) * 2).toString('base64');
      if (options.sendsAudio !== false)
        send({ type: 'response.output_audio.delta', ...place, delta: audio });
    }
    item['content'] = [{ type: 'output_audio', transcript: part.say }];
    if (part.open && open) open.item = item;
    else endItem(id, item, 'completed');
  };
  const endItem = (id: string, item: Fields, status: string): void => {
    item['status'] = status;
    send({
      type: 'response.output_audio.done',
      response_id: id,
      item_id: item['id'],
      output_index: 0,
      content_index: 0,
    });
    if (!beside.has(String(item['id']))) conversation.done(item);
    send({ type: 'response.output_item.done', response_id: id, output_index: 0, item });
  };
  const call = (id: string, index: number, part: Extract<ScriptedPart, { call: string }>): void => {
    const item: Fields = {
      id: `fc_${part.callId}`,
      type: 'function_call',
      status: 'in_progress',
      name: part.call,
      call_id: part.callId,
      arguments: '',
    };
    send({ type: 'response.output_item.added', response_id: id, output_index: index, item });
    conversation.add(item);
    Object.assign(item, { status: 'completed', arguments: part.arguments });
    conversation.done(item);
    send({ type: 'response.output_item.done', response_id: id, output_index: index, item });
  };
  const finish = (status: 'completed' | 'cancelled' | 'failed' = 'completed'): void => {
    if (!open) return;
    const { id, item } = open;
    open = null;
    if (item) endItem(id, item, status === 'completed' ? 'completed' : 'incomplete');
    const details =
      status === 'failed' ? { type: 'failed', error: { code: 'server_error' } } : null;
    send({ type: 'response.done', response: { id, status, status_details: details, output: [] } });
  };
  const fail = (code: string, message: string, eventId: string | undefined): void =>
    send({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code,
        message,
        param: null,
        event_id: eventId ?? null,
      },
    });

  const refuse = (code: string, event: ClientEvent): void => {
    faults.push(`${event.type}: ${code}`);
    fail(code, `Error in ${event.type}.`, event.event_id);
  };

  const on = (event: ClientEvent): void => {
    if (event.type === 'input_audio_buffer.append') {
      audioFrameBytes.push(Buffer.from(event.audio, 'base64').length);
      return;
    }
    received.push(event);
    switch (event.type) {
      case 'session.update': {
        const { instructions } = event.session;
        if (instructions !== undefined && options.rejectUpdate?.(instructions)) {
          return fail('cannot_update_voice', 'Cannot update the session.', event.event_id);
        }
        session = { ...session, ...event.session };
        if (instructions !== undefined && options.ignoreUpdate?.(instructions)) return;
        return send({ type: 'session.updated', session });
      }
      case 'conversation.item.create': {
        const { item, previous_item_id: after } = event;
        if (item.id !== undefined && conversation.has(item.id))
          return refuse('item_already_exists', event);
        if (typeof after === 'string' && after !== 'root' && !conversation.has(after))
          return refuse('item_not_found', event);
        if (item.type === 'function_call_output') {
          if (!conversation.hasCall(item.call_id)) return refuse('item_not_found', event);
        }
        const id = item.id ?? `item_s${++made}`;
        return conversation.addDone({ status: 'completed', ...item, id }, after ?? undefined);
      }
      case 'conversation.item.delete': {
        if (!conversation.delete(event.item_id)) return refuse('item_not_found', event);
        return send({ type: 'conversation.item.deleted', item_id: event.item_id });
      }
      case 'conversation.item.truncate':
        if (!conversation.has(event.item_id)) return refuse('item_not_found', event);
        truncated.add(event.item_id);
        return send({ ...event, type: 'conversation.item.truncated' });
      case 'conversation.item.retrieve': {
        const item = spoken.get(event.item_id);
        const transcript = truncated.has(event.item_id) ? options.truncatedTranscript : undefined;
        const content = [
          { type: 'output_audio', ...(transcript === undefined ? {} : { transcript }) },
        ];
        return send({ type: 'conversation.item.retrieved', item: { ...item, content } });
      }
      case 'response.create': {
        if (open) {
          return fail(
            'conversation_already_has_active_response',
            'Active response.',
            event.event_id,
          );
        }
        const own = event.response;
        const words = /"((?:[^"\\]|\\.)*)"/.exec(own?.instructions ?? '')?.[1];
        if (own?.conversation === 'none' && words !== undefined) {
          return respond(
            [{ say: words, ms: 100 * words.split(' ').length, itemId: `own_${++owned}` }],
            own,
          );
        }
        return respond(answers.shift() ?? [], own);
      }
      case 'response.cancel':
        return open
          ? finish('cancelled')
          : fail('response_cancel_not_active', 'None.', event.event_id);
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

  return {
    received,
    faults,
    audioFrameBytes,
    headers,
    url,
    conversation: conversation.lines,
    instructions: () => String(session['instructions']),
    toolNames: () => (session['tools'] as { name: string }[]).map((tool) => tool.name), // parsed by the protocol's schema
    of: <T extends ClientEventType>(type: T) =>
      received.filter((event): event is ClientEventOf<T> => event.type === type),
    send,
    sendRaw,
    respond: (parts) => respond(parts),
    finish,
    speechStarted(itemId) {
      send({ type: 'input_audio_buffer.speech_started', item_id: itemId, audio_start_ms: 0 });
      finish('cancelled');
    },
    speechStopped(itemId, transcript) {
      send({ type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: 0 });
      const previous = conversation.lastId();
      send({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: previous });
      conversation.addDone({
        id: itemId,
        type: 'message',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_audio', transcript: null }],
      });
      if (transcript !== undefined) this.transcript(itemId, transcript);
    },
    transcript(itemId, text) {
      conversation.understood(itemId, text);
      send({
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: itemId,
        content_index: 0,
        transcript: text,
        usage: { type: 'duration', seconds: 1 },
      });
    },
    drop: () => socket.terminate(),
    arrived: () => answeredPing(socket),
    close: (code) => socket.close(code),
    truncate(itemId, audioEndMs) {
      truncated.add(itemId);
      const cut = { item_id: itemId, content_index: 0, audio_end_ms: audioEndMs };
      send({ type: 'conversation.item.truncated', ...cut });
    },
  };
}
