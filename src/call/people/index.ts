export { createAgentSilence, type AgentSilence } from './agent-silence.ts';
export { createPeople, type People } from './people.ts';
