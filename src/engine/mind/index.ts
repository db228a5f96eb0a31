export type { Mind, MindAct, MindInput, MindItem, ToolSpec } from './port.ts';
export { createOfflineMind } from './offline-mind.ts';
export { scriptedMind, type ScriptedMind } from './fake.ts';
