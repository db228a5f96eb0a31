export { createAgentSilence } from './agent-silence.ts';
export { createPeople, type People } from './people.ts';
