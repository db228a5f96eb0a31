import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { AudioPiece } from '../../audio/index.ts';
import type { CallerLeg, TrailStore } from '../../call/ports.ts';
import { defineDesk, type Desk } from '../../desk/index.ts';
import { SwitchboardError } from '../../lib/index.ts';
import type { CallEndReason, CallSummary, TrailEvent, TrailFact } from '../../protocol/index.ts';
import {
  memoryCarrierCalls,
  memoryDoNotCallList,
  memoryWebhooks,
} from '../../testing/memory-services.ts';
import type { EngineState, HeldCall, OpenStore, Parts, StartCall } from '../parts.ts';

/** A desk of two agents that any test may use. */
export const testDesk = defineDesk({
  name: 'test-desk',
  title: 'The Test Desk',
  language: 'en-GB',
  timeZone: 'Europe/London',
  voice: 'alloy',
  firstAgent: 'triage',
  greeting: 'Hello.',
  agents: {
    triage: {
      label: 'Triage',
      handoffDescription: 'Routes callers.',
      instructions: 'Route the caller.',
      handoffs: ['billing', 'team'],
      canEndCall: true,
    },
    billing: {
      label: 'Billing',
      handoffDescription: 'Invoices.',
      instructions: 'Help with invoices.',
      handoffs: ['triage'],
    },
  },
  people: { team: { label: 'The team', handoffDescription: 'What only people can do.' } },
  suggestions: ['I have a question about an invoice.'],
});

/** A trail store that keeps everything in memory. */
export function memoryTrail(): TrailStore {
  const events: TrailEvent[] = [];
  return {
    append: async (more) => void events.push(...more),
    read: async (callId, { afterSeq = 0 } = {}) =>
      events.filter((event) => event.callId === callId && event.seq > afterSeq),
    listCalls: async ({ limit }) =>
      events
        .flatMap((event): CallSummary[] => {
          if (event.type !== 'call.started') return [];
          const { callId, desk, channel, at } = event;
          const end = events.find(
            (other) => other.callId === callId && other.type === 'call.ended',
          );
          const endReason = end?.type === 'call.ended' ? end.reason : null;
          return [{ callId, desk, channel, startedAt: at, endedAt: end?.at ?? null, endReason }];
        })
        .reverse()
        .slice(0, limit),
  };
}

/**
 * A call that greets with half a second of tone, answers every typed turn with another, transfers
 * to billing on "billing", and ends on "bye".
 */
export const fakeStartCall: StartCall = async ({ desk, engine, leg, store, newId }) => {
  const callId = newId('call');
  const { promise: ended, resolve } = Promise.withResolvers<{ reason: CallEndReason }>();
  let seq = 0;
  let over = false;
  let working = Promise.resolve();

  function append(fact: TrailFact): Promise<void> {
    seq += 1;
    const at = new Date().toISOString();
    const event = { ...fact, callId, seq, at, elapsedMs: seq }; // a fact and its stamp
    working = working.then(async () => {
      await store.append([event]);
      leg.notify({ type: 'trail', event });
    });
    return working;
  }

  async function speak(agent: string, text: string): Promise<void> {
    const itemId = newId('item');
    leg.notify({ type: 'status', agent: 'speaking', caller: 'silent', activeAgent: agent });
    leg.play({
      itemId,
      audio: AudioPiece.ofSamples(
        Int16Array.from({ length: 6_000 }, (_, n) => 8_000 * Math.sin(n / 9)),
      ),
    });
    await leg.drained();
    await append({ type: 'turn.agent', agent, itemId, text, heardMs: 250, interrupted: false });
    leg.notify({ type: 'status', agent: 'listening', caller: 'silent', activeAgent: agent });
  }

  async function end(reason: CallEndReason): Promise<void> {
    if (over) return;
    over = true;
    leg.clear();
    await append({ type: 'call.ended', reason });
    resolve({ reason });
  }

  const { kind, model } = engine;
  const { channel } = leg;
  await append({
    type: 'call.started',
    desk: desk.name,
    channel,
    engine: { kind, model },
    voice: desk.voice,
  });
  void speak(desk.firstAgent, desk.greeting);
  const answer = async (text: string): Promise<void> => {
    const agent = desk.firstAgent;
    await append({ type: 'turn.caller', agent, itemId: newId('item'), source: 'typed', text });
    if (text === 'billing') {
      const to = 'billing';
      const functionCallId = newId('fc');
      await append({
        ...{ type: 'handoff.requested', from: agent, to, functionCallId, by: 'agent' },
        ...{ reason: 'asked', packet: { reason: 'asked' } },
      });
      await append({ type: 'handoff.completed', from: agent, to, functionCallId, durationMs: 4 });
    }
    await speak(agent, `You said ${text}.`);
    if (text === 'bye') await end('agent_ended');
  };
  const call: HeldCall = {
    id: callId,
    hearCaller: () => undefined,
    type: (text) => void answer(text),
    press: (keys) => void answer(`pressed ${keys}`),
    callerAway: () => void append({ type: 'caller.away' }),
    callerReturned: () => void append({ type: 'caller.returned', awayMs: 1 }),
    cutSpeech: () => leg.clear(),
    handOff: async (to) =>
      to === 'billing'
        ? { ok: true }
        : { ok: false, code: 'no_edge', say: 'I cannot put you through to them.' },
    hangUp: (reason = 'caller_hung_up') => void end(reason),
    ended,
  };
  return call;
};

/** Parts that are ready at once, and what a test may look at or change. */
export function fakeParts() {
  const closed: string[] = [];
  const legs: CallerLeg[] = [];
  const spoken: string[] = [];
  const carrierCalls = memoryCarrierCalls();
  const webhooks = memoryWebhooks();
  const doNotCall = memoryDoNotCallList();
  const endpoint = { kind: 'embedded', url: 'ws://127.0.0.1:1', apiKey: 'k', model: 'm' } as const;
  let engine: EngineState = { ok: true, endpoint, hearing: { available: true } };
  let isStoreUp = true;
  let storeFault: Error | null = null;
  let engineFault: Error | null = null;
  let startFault: Error | null = null;
  let speechFault: Error | null = null;
  const parts: Parts = {
    openStore: async () => ({
      trail: memoryTrail(),
      services: {
        database: Object.create(null) as NodePgDatabase, // no tool of the test desk reads it
        messages: { send: async () => ({ messageId: 'message_1' }) },
        attempts: {
          begin: async () => ({ attemptId: 'a', failures: 1 }),
          succeeded: async () => undefined,
        },
        notes: { leave: async () => ({ noteId: 'note_1' }) },
        doNotCall,
      },
      dialling: {
        doNotCall,
        jobs: Object.create(null) as OpenStore['dialling']['jobs'], // nothing is dialled by a fake
        openWakeUps: () => Promise.reject(new Error('nothing is dialled by a fake')),
      },
      carrierCalls,
      webhooks,
      migrateDesk: async () => undefined,
      isUp: () => isStoreUp,
      async check() {
        if (storeFault) throw storeFault;
      },
      [Symbol.asyncDispose]: async () => void closed.push('store'),
    }),
    startEngine: async () => ({
      state: () => engine,
      async check() {
        if (engineFault) throw engineFault;
      },
      [Symbol.asyncDispose]: async () => void closed.push('engine'),
    }),
    async openDesks(_root, { prepare }) {
      await prepare?.(testDesk);
      const get = (name: string): Desk => {
        if (name === testDesk.name) return testDesk;
        throw new SwitchboardError(
          'desk_not_found',
          `There is no desk "${name}". Desks: test-desk.`,
        );
      };
      return {
        desks: [testDesk],
        get,
        current: async (name) => get(name),
        list: async () => [testDesk],
      };
    },
    async speak(text) {
      if (speechFault) throw speechFault;
      spoken.push(text);
      return new Int16Array(2_400).fill(1_000);
    },
    loadStartCall: async () => (request) => {
      legs.push(request.leg);
      if (startFault) throw startFault;
      return fakeStartCall(request);
    },
  };
  return {
    parts,
    closed,
    carrierCalls,
    webhooks,
    legs,
    /** What was spoken without an engine. */
    spoken,
    setStoreUp(isUp: boolean) {
      isStoreUp = isUp;
    },
    /** What the store's and the engine's checks throw from now on. */
    failChecks(faults: { readonly store?: Error; readonly engine?: Error }) {
      storeFault = faults.store ?? null;
      engineFault = faults.engine ?? null;
    },
    /** What the start of a call, or speech without an engine, throws from now on. */
    failCalls(faults: { readonly start?: Error; readonly speech?: Error }) {
      startFault = faults.start ?? null;
      speechFault = faults.speech ?? null;
    },
    setEngine(state: EngineState) {
      engine = state;
    },
  };
}
