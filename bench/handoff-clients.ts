import { handoff } from '@openai/agents-core';
import {
  OpenAIRealtimeWebSocket,
  RealtimeAgent,
  RealtimeSession,
  tool,
} from '@openai/agents/realtime';
import { z } from 'zod';
import { startCall, type CallerLeg } from '../src/call/index.ts';
import { defineDesk, type CallContext, type DeskTool } from '../src/desk/index.ts';
import { randomId, silentLog, systemClock } from '../src/lib/index.ts';
import { memoryServices } from '../src/testing/memory-services.ts';
import { memoryTrailStore } from '../src/testing/memory-trail-store.ts';

/** A client of the engine that hands a caller to and fro between two agents. */
export interface HandoffClient {
  close(): Promise<void>;
}

const voice = 'marin';
const model = 'bench';
const packet = z.object({ reason: z.string().describe('What the caller wants, in a few words.') });
const agents = {
  sales: { label: 'Sales', handoffDescription: 'Anything about buying.' },
  repairs: { label: 'Repairs', handoffDescription: 'Anything that is broken.' },
} as const;
type Name = keyof typeof agents;

/** A prompt of the length that a desk's prompts have. */
function promptOf(name: Name): string {
  const rules = Array.from(
    { length: 12 },
    (_, index) =>
      `- Rule ${index + 1}: be brief, be kind, and never promise what no tool has told you.`,
  );
  return `You are ${agents[name].label} of a workshop.\n${rules.join('\n')}`;
}

/** Both clients get the same tools: three of the desk's beside the transfer. */
function toolsOf(name: Name): DeskTool[] {
  return ['find', 'price', 'book'].map(
    (verb) =>
      tool({
        name: `${verb}_${name}`,
        description: `Helps ${agents[name].label} to ${verb} something.`,
        parameters: z.object({ what: z.string(), when: z.string().nullable() }),
        execute: () => 'done',
      }) as DeskTool, // `tool()` infers its context as unknown, which any call's context is
  );
}

/** A call of ours, with everything that it does around a handoff. */
export async function openOurs(url: string): Promise<HandoffClient> {
  const agentOf = (name: Name, other: Name) => ({
    ...agents[name],
    instructions: promptOf(name),
    tools: toolsOf(name),
    handoffs: [other],
  });
  const desk = defineDesk({
    name: 'bench',
    title: 'Bench',
    language: 'en-GB',
    timeZone: 'Europe/London',
    voice,
    firstAgent: 'sales',
    greeting: 'Hello.',
    agents: { sales: agentOf('sales', 'repairs'), repairs: agentOf('repairs', 'sales') },
    limits: { maxHops: 1_000_000 },
  });
  const call = await startCall({
    desk,
    engine: { kind: 'compatible', url, apiKey: 'bench', model },
    leg: deafLeg(),
    store: memoryTrailStore(),
    services: memoryServices(),
    clock: systemClock,
    newId: randomId,
    log: silentLog,
  });
  return { close: async () => call[Symbol.asyncDispose]() };
}

/** The SDK's own handoff over its own transport, as its guide shows it. */
export async function openNative(url: string): Promise<HandoffClient> {
  const made = (name: Name): RealtimeAgent<CallContext> =>
    new RealtimeAgent<CallContext>({
      name,
      handoffDescription: agents[name].handoffDescription,
      instructions: promptOf(name),
      tools: toolsOf(name),
    });
  const sales = made('sales');
  const repairs = made('repairs');
  const options = { inputType: packet, onHandoff: (): void => undefined };
  sales.handoffs = [handoff(repairs, options)];
  repairs.handoffs = [handoff(sales, options)];
  const session = new RealtimeSession(sales, {
    transport: new OpenAIRealtimeWebSocket({ url: `${url}?model=${model}` }),
    model,
    config: { audio: { output: { voice } }, parallelToolCalls: false },
    tracingDisabled: true,
  });
  session.on('error', () => undefined); // an `error` event without a listener ends the process
  await session.connect({ apiKey: 'bench', url: `${url}?model=${model}` });
  session.transport.requestResponse?.();
  return { close: async () => session.close() };
}

/** An ear that has heard everything the moment it comes. */
function deafLeg(): CallerLeg {
  const heard = new Map<string, number>();
  return {
    channel: 'bench',
    format: 'audio/pcm',
    can: { tap: true, inject: true, resume: false },
    play({ itemId, audio }) {
      heard.set(itemId, (heard.get(itemId) ?? 0) + audio.ms);
    },
    clear: () => undefined,
    heardMs: (itemId) => heard.get(itemId) ?? 0,
    isPlaying: () => false,
    drained: async () => undefined,
    notify: () => undefined,
  };
}
