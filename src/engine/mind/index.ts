export type { Mind, MindAct, MindInput, MindItem, ToolSpec } from './port.ts';
export { createOfflineMind } from './offline-mind.ts';
export { scriptedMind, type ScriptedMind } from './fake.ts';
export { openWordVectors, type WordVectors } from './vectors/index.ts';
export { goingOn, withoutInterjections } from './going-on.ts';
