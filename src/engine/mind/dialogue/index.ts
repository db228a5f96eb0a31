export {
  readSession,
  replay,
  sessionReader,
  type ReadSession,
  type Replayed,
  type Session,
} from './replay.ts';
export { argsOf, sameCall } from './advance.ts';
export { fillFrom, readValue } from './fill.ts';
export { summary } from './begin.ts';
export { argumentsOf, toolNamed, type Plan, type Scene, type State, type Values } from './state.ts';
