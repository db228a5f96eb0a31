export { startEmbeddedEngine } from './real-engine.ts';
export { projectRoot, readSettings, type Settings } from './settings.ts';
export {
  startServer,
  type ReadyLine,
  type RunningServer,
  type StartServerOptions,
} from './start-server.ts';
