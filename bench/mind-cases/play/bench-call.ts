import { consentIn } from '../../../src/call/tools/consent.ts';
import type { Mind, MindAct, MindInput, MindItem } from '../../../src/engine/mind/index.ts';
import { createRuntime } from '../../../src/engine/mind/cases/runtime.ts';
import type { BenchDesk, Step } from '../case.ts';

/** A call that the mind made. */
export interface MadeCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `done`: it ran. `readBack`: the caller must agree first. `refused`: an error was answered. */
  readonly outcome: 'done' | 'readBack' | 'refused';
}

/** What one caller turn led to. */
export interface Exchange {
  readonly said: readonly string[];
  readonly calls: readonly MadeCall[];
  readonly over: 'ended' | 'person' | undefined;
  /** `circles`: one tool after the other without an end. `threw`: the mind failed. */
  readonly fault: 'circles' | 'threw' | undefined;
  /** Time from the conversation to the last act, of each response of this turn. */
  readonly costsMs: readonly number[];
}

/** A call under way, after its greeting and the steps it begins with. */
export interface BenchCall {
  /** The conversation as the mind sees it. */
  readonly items: readonly MindItem[];
  caller(text: string): Promise<Exchange>;
}

const responsesPerTurn = 8;

/** Holds a call between a mind and a desk, as the runtime of a real line would. */
export function beginCall(mind: Mind, bench: BenchDesk, before: readonly Step[] = []): BenchCall {
  const desk = bench.open();
  const runtime = createRuntime(desk);
  const items: MindItem[] = [{ type: 'message', role: 'assistant', text: desk.greeting }];

  const input = (): MindInput => {
    const opening = runtime.isHandedOver
      ? "The call is already under way: go on with the caller's matter by yourself. Do not greet again."
      : `Open the call by saying: "${desk.greeting}"`;
    const today = `Today is Monday, 23 November 2026. The time is ${bench.time}. Time zone: ${bench.timeZone}.`;
    return {
      instructions: `${desk.agents[runtime.agent]?.instructions.trim() ?? ''}\n\n${today}\n${opening}`,
      tools: runtime.tools,
      toolChoice: 'auto',
      items: [...items],
    };
  };
  const hear = (text: string): void => {
    const consent = consentIn(text, 'en');
    runtime.heard(consent === 'yes' || consent === 'no' ? consent : '');
    items.push({ type: 'message', role: 'user', text });
  };
  const perform = (name: string, args: MadeCall['args']): MadeCall => {
    const callId = `call_${items.length}`;
    items.push({ type: 'function_call', name, callId, arguments: JSON.stringify(args) });
    const answer = runtime.perform(name, args);
    items.push({ type: 'function_call_output', callId, output: JSON.stringify(answer) });
    return { name, args, outcome: outcomeOf(answer) };
  };

  for (const step of before) {
    if ('caller' in step) hear(step.caller);
    else if ('agent' in step) items.push({ type: 'message', role: 'assistant', text: step.agent });
    else perform(step.call, step.args);
  }

  const exchange = async (): Promise<Exchange> => {
    const said: string[] = [];
    const calls: MadeCall[] = [];
    const costsMs: number[] = [];
    const result = { said, calls, costsMs, over: undefined, fault: undefined } as const;
    for (let response = 0; response < responsesPerTurn; response += 1) {
      const startMs = performance.now();
      const acts: MindAct[] = [];
      try {
        for await (const act of mind.respond(input(), new AbortController().signal)) acts.push(act);
      } catch (thrown) {
        items.push({ type: 'message', role: 'system', text: String(thrown) });
        return { ...result, fault: 'threw' };
      }
      costsMs.push(performance.now() - startMs);
      const before = calls.length;
      for (const act of acts) {
        if (act.type === 'say') {
          said.push(act.text);
          items.push({ type: 'message', role: 'assistant', text: act.text });
        } else calls.push(perform(act.name, argumentsOf(act.arguments)));
      }
      if (calls.at(-1)?.name === 'end_call') return { ...result, over: 'ended' };
      if (runtime.isWithPerson) return { ...result, over: 'person' };
      if (calls.length === before) return result;
    }
    return { ...result, fault: 'circles' };
  };

  return {
    items,
    caller(text) {
      hear(text);
      return exchange();
    },
  };
}

function outcomeOf(answer: unknown): MadeCall['outcome'] {
  if (typeof answer !== 'object' || answer === null) return 'done';
  if ('error' in answer) return 'refused';
  return 'confirm' in answer ? 'readBack' : 'done';
}

/** Arguments that are no object count as none. */
function argumentsOf(text: string): MadeCall['args'] {
  try {
    const args: unknown = JSON.parse(text);
    return typeof args === 'object' && args !== null ? { ...args } : {};
  } catch {
    return {};
  }
}
