export {
  embeddedModel,
  startEngineProcess,
  type EngineAddress,
  type EngineProcess,
  type EngineProcessOptions,
  type Hearing,
} from './process.ts';
export { startEngineServer, type EngineServer, type EngineServerOptions } from './server/index.ts';
