export type { ReadyLine } from './brought.ts';
export { startEmbeddedEngine } from './real-engine.ts';
export { projectRoot, readSettings, type Settings } from './settings.ts';
export { startServer, type RunningServer, type StartServerOptions } from './start-server.ts';
