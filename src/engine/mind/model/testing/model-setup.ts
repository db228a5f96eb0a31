import { afterEach } from 'vitest';
import { silentLog } from '../../../../lib/index.ts';
import type { Mind, MindAct, MindInput, ToolSpec } from '../../port.ts';
import { createModelMind, type ModelMindOptions } from '../model-mind.ts';
import { chatServer, type ChatServer, type Reply } from './chat-server.ts';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

/** A tool of its own. */
export const findParcel: ToolSpec = {
  name: 'find_parcel',
  description: 'Find a parcel.',
  parameters: {
    type: 'object',
    properties: {
      code: { type: 'string', pattern: '^P\\d{3}$' },
      count: { type: 'integer' },
      size: { type: 'string', enum: ['small', 'large'] },
    },
    required: ['code'],
  },
};
/** A way to people. */
export const toPerson: ToolSpec = {
  name: 'transfer_to_team',
  description: 'Hand the caller to a person of the team.',
  parameters: { type: 'object', properties: { reason: { type: 'string' } }, required: ['reason'] },
};
/** The way out. */
export const endCall: ToolSpec = {
  name: 'end_call',
  description: 'End the call.',
  parameters: { type: 'object', properties: {} },
};

/** What a mind is given. */
export const ask = (more: Partial<MindInput> = {}): MindInput => ({
  instructions: 'You look after parcels.',
  tools: [findParcel],
  toolChoice: 'auto',
  items: [{ type: 'message', role: 'user', text: 'where is my parcel' }],
  ...more,
});
/** Words. */
export const say = (text: string): MindAct => ({ type: 'say', text });
/** A call of {@link findParcel}. */
export const call = (args: object): MindAct => ({
  type: 'call',
  name: 'find_parcel',
  arguments: JSON.stringify(args),
});

/** A mind and the server behind it. */
export interface Setup {
  readonly server: ChatServer;
  readonly mind: Mind;
}
/** A mind whose server gives these replies; both are gone after the test. */
export async function mindWith(
  replies: readonly Reply[],
  options: Partial<ModelMindOptions> = {},
): Promise<Setup> {
  const server = await chatServer(...replies);
  const { url } = server;
  const mind = createModelMind({ url, model: 'small', apiKey: '', log: silentLog, ...options });
  open.push(mind, server);
  return { server, mind };
}
/** All acts of one response. */
export async function acts(
  mind: Mind,
  input: MindInput = ask(),
  signal = new AbortController().signal,
): Promise<MindAct[]> {
  const all: MindAct[] = [];
  for await (const act of mind.respond(input, signal)) all.push(act);
  return all;
}
/** How the first apology begins. */
export const apology = /^I'm sorry, I lost my thread/;
