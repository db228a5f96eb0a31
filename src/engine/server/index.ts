export {
  realtimePath,
  startEngineServer,
  type EngineServer,
  type EngineServerOptions,
} from './server.ts';
