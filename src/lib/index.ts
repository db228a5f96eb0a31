export { withDeadline } from './abort.ts';
export { readAssets, type Assets } from './assets.ts';
export { manualClock, systemClock, type Clock, type ManualClock } from './clock.ts';
export { atEndOfTurn } from './end-of-turn.ts';
export { SwitchboardError, errorCodes, messageOf, type ErrorCode } from './errors.ts';
export { countedIds, randomId, type NewId } from './ids.ts';
export { silentLog, type Log, type LogFields } from './log.ts';
export { supervised, type Spawn } from './spawn.ts';
export { whenReady, type Eventually } from './when-ready.ts';
