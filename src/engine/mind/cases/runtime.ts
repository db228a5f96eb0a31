import type { ToolSpec } from '../port.ts';
import type { CannedTool, TestDesk } from './test-desk.ts';

type Args = Readonly<Record<string, unknown>>;

/** What a desk's runtime does for a mind: tools, transfers, read-backs, and who the caller is. */
export interface Runtime {
  readonly agent: string;
  readonly tools: readonly ToolSpec[];
  readonly isHandedOver: boolean;
  /** A person has the caller: no response follows. */
  readonly isWithPerson: boolean;
  heard(text: string): void;
  perform(name: string, args: Args): unknown;
}

const empty = { type: 'object', properties: {}, required: [], additionalProperties: false };
const attempts = 3;

const noteTools: readonly CannedTool[] = [
  {
    name: 'request_callback',
    description:
      'Note that the caller wants to be called back by a person. For when nobody can take the call now.',
    parameters: {
      type: 'object',
      properties: {
        phone: {
          type: 'string',
          pattern: '^[\\d+][\\d +()-]{6,24}$',
          description: 'The number to call back, digit by digit',
        },
        when: {
          type: 'string',
          minLength: 1,
          maxLength: 120,
          description: 'When the caller wants to be called back, as they say it',
        },
      },
      required: ['phone', 'when'],
      additionalProperties: false,
    },
    run: (args) => ({ noted: 'callback', ...args }),
  },
  {
    name: 'leave_message',
    description:
      'Take a message for a person to read later. For when nobody can take the call now.',
    parameters: {
      type: 'object',
      properties: {
        name: {
          type: 'string',
          minLength: 1,
          maxLength: 80,
          description: "The caller's name, as they say it",
        },
        message: {
          type: 'string',
          minLength: 1,
          maxLength: 1000,
          description: 'What the caller wants to have passed on, in their own words',
        },
      },
      required: ['name', 'message'],
      additionalProperties: false,
    },
    run: () => ({ noted: 'message' }),
  },
];

/** Plays a desk's runtime with the answers that the real one gives. */
export function createRuntime(desk: TestDesk): Runtime {
  let agent = desk.firstAgent;
  let isHandedOver = false;
  let isWithPerson = false;
  let isVerified = false;
  let failures = 0;
  let lastWords = '';
  let readBack: { readonly key: string; isConfirmed: boolean } | undefined;
  const hops: string[] = [];
  const before: { readonly agent: string; readonly reason: string }[] = [];

  const agentOf = (name: string) => {
    const definition = desk.agents[name];
    if (!definition) throw new Error(`no agent ${name}`);
    return definition;
  };
  const toolsOf = (name: string): readonly CannedTool[] => {
    const { tools, handoffs } = agentOf(name);
    return handoffs.some((to) => desk.people?.[to]) ? [...tools, ...noteTools] : tools;
  };
  const label = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

  const claim = (name: string | undefined): unknown => {
    if (failures >= attempts) return lockedOut;
    if (name !== undefined) {
      isVerified = true;
      return { verified: true, name };
    }
    failures += 1;
    return failures >= attempts
      ? lockedOut
      : {
          error: 'I cannot find anybody with that name and date of birth.',
          code: 'not_matched',
          attempts_left: attempts - failures,
        };
  };

  const handOver = (to: string, args: Args): unknown => {
    const queue = desk.people?.[to];
    if (queue)
      return queue.refusal
        ? {
            error: queue.refusal.say,
            code: queue.refusal.code,
            offer: noteTools.map(({ name }) => name),
          }
        : ((isWithPerson = true), { assistant: queue.label, person: true });
    const refusal = desk.gate?.({ from: agent, to, hops, isVerified });
    if (refusal) return { error: refusal.say, code: refusal.code, refused: true };
    const from = agent;
    before.push({ agent: from, reason: lastWords });
    hops.push(to);
    agent = to;
    isHandedOver = true;
    return { assistant: label(to), from: label(from), caller_said: args };
  };

  const goBack = (): unknown => {
    const last = before.pop();
    if (!last)
      return { error: 'There is nobody to go back to.', code: 'nobody_before', refused: true };
    const from = agent;
    agent = last.agent;
    hops.push(agent);
    return {
      ...{ assistant: label(agent), from: label(from), caller_said: {} },
      ...{ returned: true, unfinished: '' },
    };
  };

  const runTool = (tool: CannedTool, args: Args): unknown => {
    if (tool.verified && !isVerified) {
      const needs = toolsOf(agent).find(({ verifies }) => verifies)?.name;
      return {
        error: 'First I need to know who I am speaking with.',
        ...(needs === undefined ? {} : { needs }),
      };
    }
    if (tool.confirm) {
      const key = JSON.stringify([tool.name, args]);
      if (readBack?.key !== key || !readBack.isConfirmed) {
        const sentence = tool.confirm(args);
        if (typeof sentence !== 'string') return sentence;
        readBack = { key, isConfirmed: false };
        return {
          confirm: sentence,
          then: `Read this to the caller. Call ${tool.name} again with the same arguments once they have said yes.`,
        };
      }
      readBack = undefined;
    }
    return tool.run(args, { claim });
  };

  return {
    get agent() {
      return agent;
    },
    get isHandedOver() {
      return isHandedOver;
    },
    get isWithPerson() {
      return isWithPerson;
    },
    get tools() {
      const { handoffs, canEndCall, canReturn } = agentOf(agent);
      return [
        ...toolsOf(agent).map(({ name, description, parameters }) => ({
          name,
          description,
          parameters,
        })),
        ...handoffs.map((to) => transferTo(desk, to)),
        ...(canReturn
          ? [
              {
                name: 'go_back',
                description: 'Bring the caller back to whoever had them before.',
                parameters: empty,
              },
            ]
          : []),
        ...(canEndCall
          ? [{ name: 'end_call', description: 'End the call after goodbye.', parameters: empty }]
          : []),
      ];
    },
    heard(text) {
      lastWords = text;
      if (!readBack) return;
      if (/\b(?:no|not|don't)\b/i.test(text)) readBack = undefined;
      else if (/\b(?:yes|yeah|yep|sure|right|please do|go ahead)\b/i.test(text))
        readBack.isConfirmed = true;
    },
    perform(name, args) {
      if (name === 'end_call') return { ended: true };
      if (name === 'go_back') return goBack();
      const target = /^transfer_to_(.+)$/.exec(name)?.[1];
      if (target !== undefined) return handOver(target, args);
      const tool = toolsOf(agent).find((one) => one.name === name);
      return tool ? runTool(tool, args) : { error: `There is no tool ${name}.` };
    },
  };
}

const lockedOut = {
  error: 'I could not check who you are, so I cannot do that on the phone today.',
  code: 'locked_out',
  attempts_left: 0,
};

function transferTo(desk: TestDesk, to: string): ToolSpec {
  const target = desk.agents[to] ?? desk.people?.[to];
  if (!target) throw new Error(`no agent ${to}`);
  const packet = desk.agents[to]?.packet ?? {};
  return {
    name: `transfer_to_${to}`,
    description: target.handoffDescription,
    parameters: {
      type: 'object',
      properties: { reason: { type: 'string', description: 'What the caller wants.' }, ...packet },
      required: ['reason', ...Object.keys(packet)],
      additionalProperties: false,
    },
  };
}
