import { OpenAIRealtimeWebSocket } from '@openai/agents/realtime';
import type { RawData, WebSocket } from 'ws';
import type { AudioFormat, AudioPiece } from '../../../audio/index.ts';
import { SwitchboardError, messageOf, type Log } from '../../../lib/index.ts';
import type { AttachTo } from '../../attach.ts';
import { attachedSession } from '../session-config.ts';
import type { ClientItem } from '../../../protocol/index.ts';
import { readAudioDelta, type AudioDelta } from './audio-delta.ts';
import { dialEngine, hostOf, type Dialled } from './dial.ts';

/** A finished function call of the model. `arguments` is JSON, or should be. */
export interface FunctionCall {
  readonly itemId: string;
  readonly callId: string;
  readonly name: string;
  readonly arguments: string;
  readonly responseId: string;
}

/** What a function call is answered with, and whether the model is to go on from it. */
export interface FunctionOutput {
  readonly output: string;
  readonly startResponse: boolean;
}

/** What the transport tells its call. None of these may throw into the socket: they are guarded. */
export interface EngineSocketObserver {
  /** Every audio delta; the SDK never sees them. */
  audio(delta: AudioDelta): void;
  /**
   * Every other frame, before the SDK gets it. False: it is not to. What is a finished function call, it
   * gets only when it is told to {@link EngineSocket.run} it.
   */
  frame(text: string): boolean;
  /** The output of a function call is about to be sent; what is returned is sent instead. */
  answering(callId: string, answer: FunctionOutput): FunctionOutput;
  /** An id for an item that is sent. */
  newItemId(): string;
  /** An output was sent, as an item of that id. */
  outputSent(output: { readonly id: string; readonly callId: string; readonly text: string }): void;
  /** So was everything that goes with it. */
  answered(callId: string): void;
  /**
   * A response was asked for; the engine will send `response.created` or an error.
   * @param own it has settings of its own, and is one more than those that only go on
   */
  responseRequested(own: boolean): void;
  /** A `session.update` with an agent's instructions was sent, by the SDK or by the call. */
  sessionSent(update: { readonly eventId: string; readonly instructions: string }): void;
  /** The SDK wants the caller's ear silenced (a guardrail); speech of the caller comes as a frame. */
  interrupt(): void;
  /** The connection is gone. Once, and not before it was open. */
  closed(): void;
}

type Sent = Parameters<OpenAIRealtimeWebSocket['sendEvent']>[0];
type ToolCall = Parameters<OpenAIRealtimeWebSocket['sendFunctionCallOutput']>[0];
type Emitted = Parameters<OpenAIRealtimeWebSocket['emit']>;
type Config = Parameters<OpenAIRealtimeWebSocket['updateSessionConfig']>[0];

// Beyond this the engine is not reading, and old audio is of no use to it.
const maxBufferedBytes = 1024 * 1024;

/**
 * The documented seam with the Agents SDK: its WebSocket transport, with
 * - audio read and written without JSON (the SDK parses each event twice and clones it),
 * - delivery guarded, so that no listener and no malformed item ends the process,
 * - interruption left to the call, which asks the caller's leg what was heard instead of a clock,
 * - function calls judged before the SDK drops what it does not know, and the next agent's session sent
 *   before it has caught up,
 * - needless `conversation.item.retrieve` left out.
 */
export class EngineSocket extends OpenAIRealtimeWebSocket {
  readonly #observer: EngineSocketObserver;
  readonly #log: Log;
  readonly #url: string;
  readonly #format: AudioFormat;
  readonly #over: AttachTo['over'] | null;
  #dialled: Dialled | null = null;
  #updates = 0;
  #session: Sent | null = null;
  #sendsSessions = true;
  /** Item whose truncation the engine just confirmed: its text is worth asking for. */
  #truncated: string | null = null;

  constructor(options: {
    readonly url: string;
    /** Of the session, both ways. */
    readonly format: AudioFormat;
    /** How the caller reaches the engine when not through here; no audio is sent then. */
    readonly over: AttachTo['over'] | null;
    readonly observer: EngineSocketObserver;
    readonly log: Log;
  }) {
    super({
      url: options.url,
      createWebSocket: ({ url, apiKey }) => {
        this.#dialled = dialEngine({ url, apiKey, headers: this.getCommonRequestHeaders() });
        // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- `ws` made it, and the SDK uses the same class
        return Promise.resolve(this.#guarded(this.#dialled.socket));
      },
    });
    this.#observer = options.observer;
    this.#log = options.log;
    this.#url = options.url;
    this.#format = options.format;
    this.#over = options.over;
    // Errors of the socket and of the engine must have a listener from the first moment on.
    this.on('error', () => undefined);
    this.on('disconnected', () => this.#guard('closed', () => this.#observer.closed()));
  }

  /** Whether the engine closed the connection as it should be closed. False while it is open. */
  wasClosedInOrder(): boolean {
    return this.#dialled?.closeCode() === 1000;
  }

  /** Why `connect()` failed, as one of our codes. */
  connectError(cause: unknown): SwitchboardError {
    if (cause instanceof SwitchboardError) return cause;
    const refusal = this.#dialled?.refusal();
    if (refusal) return refusal;
    return new SwitchboardError(
      'engine_unavailable',
      `The engine at ${hostOf(this.#url)} cannot be reached: ${reasonOf(cause)}`,
      { cause },
    );
  }

  /** Sends audio in the session's format. Silently dropped when the engine has stopped reading. */
  sendPiece(audio: AudioPiece): void {
    this.#append(audio.base64());
  }

  #append(base64: string): void {
    const { status, websocket } = this.connectionState;
    if (this.#over || status !== 'connected') return;
    if (websocket.bufferedAmount > maxBufferedBytes) return;
    websocket.send(`{"type":"input_audio_buffer.append","audio":"${base64}"}`);
  }

  override sendAudio(audio: ArrayBuffer, { commit = false }: { commit?: boolean } = {}): void {
    this.#append(Buffer.from(audio).toString('base64'));
    if (commit && this.status === 'connected') {
      this.sendEvent({ type: 'input_audio_buffer.commit' });
    }
  }

  override sendEvent(event: Sent): void {
    if (event.type === 'conversation.item.retrieve' && event['item_id'] !== this.#truncated) return;
    const output = outputIn(event);
    if (output) return this.#sendOutput(event, output);
    const instructions = instructionsIn(event);
    if (instructions === null) return super.sendEvent(event);
    this.#session = event;
    const eventId = `session_update_${++this.#updates}`;
    super.sendEvent({ ...event, event_id: eventId });
    this.#observer.sessionSent({ eventId, instructions });
  }

  override requestResponse(
    response?: Parameters<OpenAIRealtimeWebSocket['requestResponse']>[0],
  ): void {
    this.#observer.responseRequested(response !== undefined);
    super.requestResponse(response);
  }

  override sendFunctionCallOutput(call: ToolCall, output: string, startResponse = true): void {
    const answer = this.#observer.answering(call.callId, { output, startResponse });
    super.sendFunctionCallOutput(call, answer.output, answer.startResponse);
    this.#observer.answered(call.callId);
  }

  /** Answers a call that the SDK does not run, and so knows nothing of. No response is asked for. */
  answer({ callId }: FunctionCall, text: string): void {
    const { output } = this.#observer.answering(callId, { output: text, startResponse: false });
    const item = { type: 'function_call_output', call_id: callId, output };
    // A write takes longer than all else, and most often the next response is asked for at once.
    this.#dialled?.gather();
    this.sendEvent({ type: 'conversation.item.create', item });
    this.#observer.answered(callId);
  }

  /** Has the SDK run a function call that it was kept from. */
  run(call: FunctionCall): void {
    super.emit('function_call', { ...call, id: call.itemId, type: 'function_call' });
  }

  /** Sends a session of the call's own making. From then on the SDK's are not sent. */
  sendSession(session: Readonly<Record<string, unknown>>): void {
    this.#sendsSessions = false;
    this.sendEvent({ type: 'session.update', session });
  }

  override buildSessionPayload(
    config: Config,
  ): ReturnType<OpenAIRealtimeWebSocket['buildSessionPayload']> {
    const session = super.buildSessionPayload(config);
    return this.#over ? attachedSession(session, this.#over) : session;
  }

  override updateSessionConfig(config: Config): void {
    if (this.#sendsSessions) super.updateSessionConfig(config);
  }

  /** Sends the last `session.update` with an agent's instructions again, as it was. */
  resendSession(): void {
    if (this.#session) this.sendEvent(this.#session);
  }

  /** Asks for a response with settings of its own, under an id that an error about it carries. */
  requestOwnResponse(eventId: string, response: Readonly<Record<string, unknown>>): void {
    this.#observer.responseRequested(true);
    super.sendEvent({ type: 'response.create', event_id: eventId, response });
  }

  /** Cancels the response under way, if there is one. */
  cancelResponse(): void {
    this._cancelResponse();
  }

  override emit(...args: Emitted): boolean {
    const [type] = args as [string]; // the SDK types some arguments any
    // Out of a call that has only begun: it is run when it is told to be.
    return type === 'function_call' ? true : super.emit(...args);
  }

  /** The SDK calls this without cancelling at every `speech_started`, which the call handles itself. */
  override interrupt(cancelOngoingResponse = true): void {
    if (cancelOngoingResponse) this.#observer.interrupt();
  }

  /** With an id of ours: an item can be taken back only by its id, and the engine tells its own too late. */
  #sendOutput(event: Sent, { call_id: callId, output: text, ...item }: OutputItem): void {
    const id = this.#observer.newItemId();
    super.sendEvent({ ...event, item: { ...item, id, call_id: callId, output: text } });
    this.#observer.outputSent({ id, callId, text });
  }

  #guarded(socket: WebSocket): WebSocket {
    const addEventListener = socket.addEventListener.bind(socket);
    socket.addEventListener = (type: string, listener: (event: unknown) => void) => {
      if (type !== 'message') {
        const guarded = (event: unknown): void => this.#guard(type, () => listener(event));
        addEventListener(type as 'open', guarded as () => void); // `ws` types each event's listener apart
        return;
      }
      socket.on('message', (data: RawData) => this.#deliver(socket, data, listener));
    }; // the SDK adds listeners without options
    return socket;
  }

  #deliver(socket: WebSocket, data: RawData, toSdk: (event: unknown) => void): void {
    // `ws` delivers single Buffers unless told otherwise.
    const frame = data as Buffer;
    this.#guard('message', () => {
      const audio = readAudioDelta(frame, this.#format);
      if (audio) return this.#observer.audio(audio);
      const text = frame.toString();
      this.#truncated = truncatedItem(text);
      // Never after the SDK: what the call asks for at the end of a response would be asked for twice.
      if (this.#isForSdk(text)) toSdk({ type: 'message', target: socket, data: text });
    });
  }

  #isForSdk(text: string): boolean {
    try {
      return this.#observer.frame(text);
    } catch (thrown) {
      this.#undeliverable('observer', thrown);
      return true;
    }
  }

  #guard(what: string, deliver: () => void): void {
    try {
      deliver();
    } catch (thrown) {
      this.#undeliverable(what, thrown);
    }
  }

  #undeliverable(what: string, thrown: unknown): void {
    this.#log.warn('engine event could not be delivered', { what, error: messageOf(thrown) });
  }
}

type OutputItem = Extract<ClientItem, { type: 'function_call_output' }>;

function outputIn(event: Sent): OutputItem | null {
  if (event.type !== 'conversation.item.create') return null;
  const item = event['item'] as ClientItem; // the SDK types it any; it and we send nothing else
  return item.type === 'function_call_output' && item.id === undefined ? item : null;
}

function instructionsIn(event: Sent): string | null {
  if (event.type !== 'session.update') return null;
  const session = event['session'] as { readonly instructions?: unknown } | undefined; // the SDK types it any
  return typeof session?.instructions === 'string' ? session.instructions : null;
}

function truncatedItem(text: string): string | null {
  if (!text.includes('"conversation.item.truncated"')) return null;
  const event = JSON.parse(text) as { readonly type?: unknown; readonly item_id?: unknown }; // looked at below
  return event.type === 'conversation.item.truncated' && typeof event.item_id === 'string'
    ? event.item_id
    : null;
}

function reasonOf(cause: unknown): string {
  // `ws` reports through an ErrorEvent, which is no Error but carries one.
  if (typeof cause === 'object' && cause !== null && 'message' in cause)
    return String(cause.message);
  return messageOf(cause);
}
