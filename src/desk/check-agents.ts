import type { AgentDefinition, Desk } from './definition.ts';
import { edgesOf, limitsOf } from './edges.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import { estimateTokens } from './prompt-tokens.ts';
import { reachableAgents, reachableFrom } from './reach.ts';

/** What is wrong with a desk's agents, each by itself and in how a caller gets to and from it. */
export function checkAgents(desk: Desk): readonly Finding[] {
  return [
    ...Object.entries(desk.agents).flatMap(([name, agent]) => checkAgent(desk, name, agent)),
    ...checkPaths(desk),
  ];
}

function checkAgent(desk: Desk, name: string, agent: AgentDefinition<string>): readonly Finding[] {
  const found: Finding[] = [];
  if (agent.label.trim() === '') {
    found.push(
      finding('label_missing', placeOf('agents', name, 'label'), {
        message: `agent "${name}" has no label`,
        mend: 'Say what people call it',
      }),
    );
  }
  if (typeof agent.instructions !== 'string') return found; // made during the call
  const place = placeOf('agents', name, 'instructions');
  if (agent.instructions.trim() === '') {
    found.push(
      finding('instructions_missing', place, {
        message: `agent "${name}" has no instructions`,
        mend: 'Write what it is there for, what it may promise, and when it hands the caller on',
      }),
    );
  }
  const tokens = estimateTokens(agent.instructions);
  const { promptTokens } = limitsOf(desk);
  if (tokens > promptTokens) {
    found.push(
      finding('prompt_too_long', place, {
        message: `the prompt has about ${tokens} tokens, the budget is ${promptTokens}`,
        mend: 'Move what is looked up now and then into a tool, or raise limits.promptTokens',
      }),
    );
  }
  return found;
}

function checkPaths(desk: Desk): readonly Finding[] {
  const { firstAgent } = desk;
  if (!desk.agents[firstAgent]) return []; // there is no path to speak of
  const reached = reachableAgents(desk);
  return Object.entries(desk.agents).flatMap(([name, agent]) => {
    if (!reached.has(name)) {
      return finding('agent_unreachable', placeOf('agents', name), {
        message: `no path of handoffs leads from "${firstAgent}" to "${name}"`,
        mend: `Add "${name}" to the handoffs of an agent that callers get to, or take it out`,
      });
    }
    const out = agent.canReturn === true || agent.canEndCall === true;
    if (out || reachableFrom(desk, name).has(firstAgent)) return [];
    const onward = edgesOf(desk, name).length > 0 ? 'in circles' : 'nowhere';
    return finding('no_way_back', placeOf('agents', name), {
      message: `from "${name}" a caller gets ${onward}: not back to "${firstAgent}", and the agent may not end the call`,
      mend: `Add "${firstAgent}" to its handoffs, or set canReturn or canEndCall`,
    });
  });
}
