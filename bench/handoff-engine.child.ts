import { WebSocketServer, type WebSocket } from 'ws';
import type { AddressInfo } from 'node:net';

/*
 * The engine of the handoff bench, in a process of its own: it lets the model of a session ask for a
 * handoff whenever its parent says so, and tells by its own clock when the client answered.
 */

/** Sent by the bench: `handoff` on the session of that number, to that agent. */
export interface HandoffOrder {
  readonly session: number;
  readonly tool: string;
}

/** Told to the bench: the port once, then each handoff. */
export type EngineTold =
  | { readonly type: 'listening'; readonly port: number }
  /** From sending the finished function call to receiving both frames. */
  | { readonly type: 'handed'; readonly updateMs: number; readonly createMs: number }
  /** The session is set up and its greeting was given. */
  | { readonly type: 'open'; readonly session: number };

type Fields = Readonly<Record<string, unknown>>;

const tell = (told: EngineTold): void => void process.send?.(told);
const sessions: ((tool: string) => void)[] = [];
// A tenth of a second of silence, as a first chunk of speech is.
const audio = Buffer.alloc(4_800).toString('base64');

function serve(socket: WebSocket, number: number): void {
  let settings: Fields = { type: 'realtime', object: 'realtime.session', id: `sess_${number}` };
  let ids = 0;
  let isOpen = false;
  let calledMs = 0;
  let updateMs: number | null = null;
  const id = (prefix: string): string => `${prefix}_${++ids}`;
  const send = (event: Fields): void =>
    socket.send(JSON.stringify({ event_id: id('event'), ...event }));
  const item = (added: Fields): void => {
    send({ type: 'conversation.item.added', previous_item_id: null, item: added });
    send({ type: 'conversation.item.done', previous_item_id: null, item: added });
  };
  const speak = (): void => {
    const response = id('resp');
    const message = { id: id('item'), type: 'message', role: 'assistant', status: 'in_progress' };
    const place = { response_id: response, item_id: message.id, output_index: 0, content_index: 0 };
    const said = {
      ...message,
      status: 'completed',
      content: [{ type: 'output_audio', transcript: 'Yes.' }],
    };
    send({
      type: 'response.created',
      response: { id: response, status: 'in_progress', output: [] },
    });
    send({
      type: 'response.output_item.added',
      response_id: response,
      output_index: 0,
      item: { ...message, content: [] },
    });
    send({ type: 'response.output_audio_transcript.delta', ...place, delta: 'Yes.' });
    send({ type: 'response.output_audio.delta', ...place, delta: audio });
    send({ type: 'response.output_audio.done', ...place });
    send({ type: 'response.output_item.done', response_id: response, output_index: 0, item: said });
    send({
      type: 'response.done',
      response: { id: response, status: 'completed', output: [said] },
    });
  };
  /** The caller says something, and the model answers with a transfer. */
  const handoff = (tool: string): void => {
    const turn = id('turn');
    send({ type: 'input_audio_buffer.speech_started', item_id: turn, audio_start_ms: 0 });
    send({ type: 'input_audio_buffer.speech_stopped', item_id: turn, audio_end_ms: 0 });
    send({ type: 'input_audio_buffer.committed', item_id: turn, previous_item_id: null });
    const content = [{ type: 'input_audio', transcript: null }];
    item({ id: turn, type: 'message', role: 'user', status: 'completed', content });
    const transcription = 'conversation.item.input_audio_transcription.completed';
    send({
      type: transcription,
      item_id: turn,
      content_index: 0,
      transcript: 'The other one, please.',
    });
    const response = id('resp');
    const call = {
      id: id('item'),
      type: 'function_call',
      status: 'completed',
      name: tool,
      call_id: id('call'),
      arguments: '{"reason":"the caller wants the other one"}',
    };
    send({
      type: 'response.created',
      response: { id: response, status: 'in_progress', output: [] },
    });
    const begun = { ...call, status: 'in_progress', arguments: '' };
    send({
      type: 'response.output_item.added',
      response_id: response,
      output_index: 0,
      item: begun,
    });
    item(call);
    // What came before is not to be measured with the handoff: models take longer than this for a word.
    setTimeout(() => finishCall(response, call), 4);
  };
  const finishCall = (response: string, call: Fields): void => {
    updateMs = null;
    calledMs = performance.now();
    send({ type: 'response.output_item.done', response_id: response, output_index: 0, item: call });
    send({
      type: 'response.done',
      response: { id: response, status: 'completed', output: [call] },
    });
  };
  // `ws` delivers single Buffers unless told otherwise.
  socket.on('message', (data: Buffer) => {
    const atMs = performance.now();
    const event = JSON.parse(data.toString()) as Fields; // the clients under test send JSON objects
    switch (event['type']) {
      case 'session.update':
        updateMs ??= atMs - calledMs;
        settings = { ...settings, ...(event['session'] as Fields) }; // as the protocol says
        return send({ type: 'session.updated', session: settings });
      case 'conversation.item.create':
        return item({ id: id('item'), status: 'completed', ...(event['item'] as Fields) }); // as above
      case 'response.create':
        speak();
        if (isOpen)
          return tell({
            type: 'handed',
            updateMs: updateMs ?? Number.NaN,
            createMs: atMs - calledMs,
          });
        isOpen = true;
        return tell({ type: 'open', session: number });
      default:
        return;
    }
  });
  send({ type: 'session.created', session: settings });
  sessions[number] = handoff;
}

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
let opened = 0;
server.on('connection', (socket) => serve(socket, opened++));
server.on('listening', () => {
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  tell({ type: 'listening', port });
});
process.on('message', ({ session, tool }: HandoffOrder) => sessions[session]?.(tool));
process.on('disconnect', () => process.exit(0));
