import type { EngineServer, EngineServerOptions } from './server/index.ts';

export type { EngineChoices } from './choices.ts';
export {
  embeddedModel,
  startEngineProcess,
  type EngineAddress,
  type EngineProcess,
  type EngineProcessOptions,
  type Hearing,
} from './process.ts';
export type { EngineServer, EngineServerOptions } from './server/index.ts';
export { tryModel } from './try-model.ts';

/**
 * Serves the engine in this process. Its code is loaded here and not with this door, because a server
 * that has its engine in a child process never needs it.
 *
 * @throws SwitchboardError port_in_use
 */
export async function startEngineServer(options: EngineServerOptions): Promise<EngineServer> {
  const server = await import('./server/index.ts');
  return server.startEngineServer(options);
}
