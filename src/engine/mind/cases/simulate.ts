import type { Mind, MindInput, MindItem, ToolSpec } from '../port.ts';

/** A tool of a test desk with its canned work. */
export interface CannedTool extends ToolSpec {
  readonly run: (args: Readonly<Record<string, unknown>>) => unknown;
}

/** A desk as test data, of the same shape as a real one. */
export interface TestDesk {
  readonly firstAgent: string;
  readonly greeting: string;
  readonly agents: Readonly<
    Record<
      string,
      {
        readonly handoffDescription: string;
        readonly instructions: string;
        readonly tools: readonly CannedTool[];
        readonly handoffs: readonly string[];
        readonly canEndCall?: boolean;
      }
    >
  >;
}

/** A tool call with its arguments read. */
export interface MadeCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What one caller turn led to. */
export interface Exchange {
  /** Sentences of all responses of this turn, in order. */
  readonly said: readonly string[];
  readonly calls: readonly MadeCall[];
  readonly agent: string;
  readonly ended: boolean;
  /** Slowest response. */
  readonly slowestMs: number;
}

/** A call under way between a mind and a scripted caller. */
export interface Simulation {
  readonly items: readonly MindItem[];
  /** The greeting. */
  open(): Promise<Exchange>;
  caller(text: string, confidence?: number): Promise<Exchange>;
}

const date = 'Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.';
const responsesPerTurn = 8;

/** Plays a desk's runtime: sends instructions and tools, runs tools, follows transfers. */
export function simulate(mind: Mind, desk: TestDesk): Simulation {
  const items: MindItem[] = [];
  let agent = desk.firstAgent;
  let handedOver = false;
  let ids = 0;

  const input = (): MindInput => {
    const definition = agentOf(agent);
    const opening = handedOver
      ? 'The call is already under way. Go on with the matter of the caller. Do not greet again.'
      : `Open the call by saying: "${desk.greeting}"`;
    return {
      instructions: `${definition.instructions}\n\n${date}\n${opening}`,
      tools: toolsOf(agent),
      toolChoice: 'auto',
      items,
    };
  };

  const agentOf = (name: string) => {
    const definition = desk.agents[name];
    if (!definition) throw new Error(`no agent ${name}`);
    return definition;
  };

  const toolsOf = (name: string): ToolSpec[] => {
    const definition = agentOf(name);
    return [
      ...definition.tools,
      ...definition.handoffs.map((target) => ({
        name: `transfer_to_${target}`,
        description: agentOf(target).handoffDescription,
        parameters: {
          type: 'object',
          properties: { reason: { type: 'string', description: 'What the caller wants.' } },
          required: ['reason'],
          additionalProperties: false,
        },
      })),
      ...(definition.canEndCall
        ? [
            {
              name: 'end_call',
              description: 'End the call after goodbye.',
              parameters: { type: 'object', properties: {}, required: [] },
            },
          ]
        : []),
    ];
  };

  const perform = ({ name, args }: MadeCall): unknown => {
    if (name === 'end_call') return { ended: true };
    const target = /^transfer_to_(.+)$/.exec(name)?.[1];
    if (target !== undefined) {
      agent = target;
      handedOver = true;
      return { assistant: target };
    }
    const tool = agentOf(agent).tools.find((one) => one.name === name);
    return tool ? tool.run(args) : { error: `There is no tool ${name}.` };
  };

  const exchange = async (): Promise<Exchange> => {
    const said: string[] = [];
    const calls: MadeCall[] = [];
    let ended = false;
    let slowestMs = 0;
    for (let response = 0; ; response += 1) {
      if (response === responsesPerTurn) throw new Error('the mind goes round in circles');
      const startMs = performance.now();
      let called = false;
      for await (const act of mind.respond(input(), new AbortController().signal)) {
        if (act.type === 'say') {
          said.push(act.text);
          items.push({ type: 'message', role: 'assistant', text: act.text });
          continue;
        }
        const callId = `call_${++ids}`;
        // Arguments are an object by the contract of the port.
        const made: MadeCall = {
          name: act.name,
          args: JSON.parse(act.arguments) as MadeCall['args'],
        };
        calls.push(made);
        items.push({ type: 'function_call', name: act.name, callId, arguments: act.arguments });
        const output = perform(made);
        items.push({ type: 'function_call_output', callId, output: JSON.stringify(output) });
        called = true;
        ended = act.name === 'end_call';
      }
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
      if (!called || ended) return { said, calls, agent, ended, slowestMs };
    }
  };

  return {
    items,
    open: exchange,
    caller(text, confidence) {
      items.push({
        type: 'message',
        role: 'user',
        text,
        ...(confidence === undefined ? {} : { confidence }),
      });
      return exchange();
    },
  };
}
