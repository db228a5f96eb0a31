export type { AudioDelta } from './audio-delta.ts';
export {
  EngineSocket,
  type EngineSocketObserver,
  type FunctionCall,
  type FunctionOutput,
} from './engine-socket.ts';
export { probeEngine } from './probe.ts';
