import { silentLog } from '../../lib/index.ts';
import { startEngineServer, type EngineServer, type EngineServerOptions } from '../server/index.ts';
import { connectClient, type TestClient } from './realtime-client.ts';
import { lastText, scriptedEars, scriptedMind, scriptedMouth } from './scripted-parts.ts';

/** The key of test engines. */
export const apiKey = 'test-key';

let server: EngineServer | undefined;

/** Starts an engine of scripted parts and connects to it. It repeats what it is told. */
export async function engine(parts: Partial<EngineServerOptions> = {}): Promise<TestClient> {
  server = await startEngineServer({
    host: '127.0.0.1',
    port: 0,
    apiKey,
    ears: scriptedEars(() => 'hello there'),
    mind: scriptedMind((input) => [{ type: 'say', text: `you said ${lastText(input)}` }]),
    mouth: scriptedMouth(),
    log: silentLog,
    ...parts,
  });
  const client = await connectClient(server.url, apiKey);
  await client.next('session.created');
  return client;
}

/** Where the engine started last serves. */
export const engineUrl = (): string => server?.url ?? '';

/** For `afterEach`. */
export async function stopEngine(): Promise<void> {
  await server?.close();
  server = undefined;
}

/** A typed message of the caller. */
export const typed = (text: string) => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
});

/** A `session.update`. */
export const update = (session: object) => ({
  type: 'session.update',
  session: { type: 'realtime', ...session },
});

/** A tool as the wire has it. */
export const lookUp = {
  type: 'function',
  name: 'look_up',
  description: 'Looks up.',
  parameters: {},
};
