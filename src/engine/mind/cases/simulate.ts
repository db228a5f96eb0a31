import type { Mind, MindInput, MindItem } from '../port.ts';
import { createRuntime } from './runtime.ts';
import type { TestDesk } from './test-desk.ts';

export type { CannedTool, TestDesk } from './test-desk.ts';

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
  const runtime = createRuntime(desk);
  let ids = 0;

  const input = (): MindInput => {
    const opening = runtime.isHandedOver
      ? 'The call is already under way. Go on with the matter of the caller. Do not greet again.'
      : `Open the call by saying: "${desk.greeting}"`;
    const instructions = desk.agents[runtime.agent]?.instructions ?? '';
    return {
      instructions: `${instructions}\n\n${date}\n${opening}`,
      tools: runtime.tools,
      toolChoice: 'auto',
      items,
    };
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
        const output = runtime.perform(made.name, made.args);
        items.push({ type: 'function_call_output', callId, output: JSON.stringify(output) });
        called = true;
        ended = act.name === 'end_call';
      }
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
      if (!called || ended || runtime.isWithPerson)
        return { said, calls, agent: runtime.agent, ended, slowestMs };
    }
  };

  return {
    items,
    open: exchange,
    caller(text, confidence) {
      runtime.heard(text);
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
