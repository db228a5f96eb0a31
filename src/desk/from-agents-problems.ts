import { Handoff as AgentHandoff } from '@openai/agents-core';
import { RealtimeAgent, tool } from '@openai/agents/realtime';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { messageOf } from '../lib/index.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import { type GraphAgent, type GraphHandoff, voiceOf } from './sdk-graph.ts';

// Everything that is not named here is compared with what the SDK itself makes when nothing is asked
// of it, so that a field which a later version brings is a finding and not a surprise.
const agentFields = ['name', 'instructions', 'handoffDescription', 'handoffs', 'tools', 'voice'];
const handoffFields = [
  'toolName',
  'toolDescription',
  'inputJsonSchema',
  'onInvokeHandoff',
  'agent',
];
const toolFields = ['type', 'name', 'description', 'parameters', 'strict', 'invoke', 'isEnabled']
  .concat(['needsApproval', 'errorFunction', 'timeoutMs'])
  // Run by the SDK's session, around the tool.
  .concat(['inputGuardrails', 'outputGuardrails']);
const agentMethods = ['getPrompt', 'getMcpTools', 'getAllTools', 'getEnabledHandoffs'] as const;

const mends: Readonly<Record<string, string>> = {
  prompt: 'Write the prompt as instructions',
  mcpServers: 'Make a function tool of what the server offers',
  inputFilter: 'Write the desk with defineDesk(), where an edge says with context what goes along',
  inputGuardrails: 'Put the check into a gate or into the tool that needs it',
  outputGuardrails: "Give the desk guardrails, by deskFromAgents()'s options",
  timeoutErrorFunction: 'Take it away: a tool that is late is answered by the runtime',
};
const mend = (field: string): string =>
  mends[field] ?? 'Take it away, or write the desk with defineDesk()';

type Fields = Readonly<Record<string, unknown>>;

/** What an agent of a graph asks for that this runtime does not do. */
export function agentProblems(agent: GraphAgent, voice: string): readonly Finding[] {
  const at = (...rest: readonly (string | number)[]): string =>
    placeOf('agents', agent.name, ...rest);
  const found: Finding[] = [];
  const own = voiceOf(agent);
  if (own !== undefined && own !== voice) {
    found.push(
      finding('voices_differ', at('voice'), {
        message: `"${agent.name}" has the voice ${own}, the call has ${voice}`,
        mend: 'Give all agents one voice: an engine refuses another once it has spoken',
      }),
    );
  }
  const probe = new RealtimeAgent({ name: 'probe' });
  const fields = differing(agent, probe, [...agentFields, 'eventEmitter']);
  const methods = agentMethods.filter(
    (method) => agent[method] !== RealtimeAgent.prototype[method],
  );
  const listens = listenedTo(agent);
  for (const field of [...fields, ...methods, ...listens]) {
    found.push(notHonoured(at(field), `"${agent.name}" has its own ${field}`, mend(field)));
  }
  for (const [index, given] of agent.tools.entries()) {
    const place = at('tools', index);
    if (given.type !== 'function') {
      const why = `${given.name} is a tool of the kind ${given.type}, which no code here runs`;
      found.push(notHonoured(place, why, 'Make a function tool of it'));
      continue;
    }
    for (const field of differing(given, plainTool(), toolFields)) {
      found.push(
        notHonoured(`${place}.${field}`, `${given.name} has its own ${field}`, mend(field)),
      );
    }
  }
  return found;
}

/** What a handoff of a graph asks for that this runtime does not do. */
export function handoffProblems(
  agent: GraphAgent,
  handoff: GraphHandoff,
  index: number,
): readonly Finding[] {
  const place = placeOf('agents', agent.name, 'handoffs', index);
  const probe = new AgentHandoff(handoff.agent, handoff.onInvokeHandoff);
  const fields = differing(handoff, probe, [...handoffFields, 'isEnabled']);
  if (handoff.getHandoffAsFunctionTool !== AgentHandoff.prototype.getHandoffAsFunctionTool) {
    fields.push('getHandoffAsFunctionTool');
  }
  const packet = packetProblem(handoff);
  const target = handoff.agent as GraphAgent; // typed any
  const isPoor =
    target.handoffDescription.trim() === '' && handoff.toolDescription === probe.toolDescription;
  return [
    ...(isPoor
      ? [
          finding('description_poor', place, {
            message: `nothing but its name says when to hand the caller to "${target.name}"`,
            mend: `Give "${target.name}" a handoffDescription, or this handoff a toolDescriptionOverride`,
          }),
        ]
      : []),
    ...fields.map((field) =>
      notHonoured(
        `${place}.${field}`,
        `the handoff ${handoff.toolName} has its own ${field}`,
        mend(field),
      ),
    ),
    ...(packet === null
      ? []
      : [
          finding('schema_unfit', `${place}.inputJsonSchema`, {
            message: `the input of ${handoff.toolName} cannot be checked here: ${packet}`,
            mend: 'Use an object of texts, numbers, booleans, lists and objects of these',
          }),
        ]),
  ];
}

/** Why a handoff's input cannot become a packet, or null. */
export function packetProblem(handoff: GraphHandoff): string | null {
  try {
    const schema: unknown = handoff.inputJsonSchema;
    const made = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]); // throws on what it cannot read
    return made instanceof z.ZodObject ? null : 'it is not an object';
  } catch (thrown) {
    return messageOf(thrown).replace(/\.$/, '');
  }
}

/** A second agent of the same name: to the engine, to the trail and to edges they would be one. */
export function sameName(agent: GraphAgent): Finding {
  return finding('name_taken_twice', placeOf('agents', agent.name), {
    message: `two agents of the graph are named "${agent.name}"`,
    mend: 'Rename one of them',
  });
}

function notHonoured(place: string, why: string, how: string): Finding {
  return finding('not_honoured', place, {
    message: `${why}, which this runtime does not use`,
    mend: how,
  });
}

/** Fields that are not as the SDK makes them by itself, those left out that are carried along. */
function differing(given: object, plain: object, carried: readonly string[]): string[] {
  const [own, usual] = [given as Fields, plain as Fields]; // looked at field by field
  return Object.keys(own).filter(
    (field) =>
      !carried.includes(field) &&
      !field.startsWith('_') && // what the SDK notes for itself
      own[field] !== undefined &&
      !isDeepStrictEqual(own[field], usual[field]),
  );
}

/** Events that somebody has asked an agent for: it is not this object that has the call. */
function listenedTo(agent: GraphAgent): readonly string[] {
  const { eventEmitter } = agent as unknown as {
    readonly eventEmitter: { eventNames?(): readonly (string | symbol)[] }; // protected in the SDK's types
  };
  return (eventEmitter.eventNames?.() ?? []).map((name) => `on(${String(name)})`);
}

let plain: object | undefined;

function plainTool(): object {
  plain ??= tool({
    name: 'probe',
    description: '',
    parameters: z.object({}),
    execute: async () => '',
  });
  return plain;
}
