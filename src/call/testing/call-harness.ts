import { tool } from '@openai/agents/realtime';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { CallContext, Desk, DeskTool } from '../../desk/index.ts';
import { countedIds, manualClock, silentLog, type ManualClock } from '../../lib/index.ts';
import type { TrailEvent, TrailEventType } from '../../protocol/index.ts';
import { manualLeg, type ManualLeg } from '../../testing/manual-leg.ts';
import { memoryServices } from '../../testing/memory-services.ts';
import { memoryTrailStore } from '../../testing/memory-trail-store.ts';
import type { Call, StartCallOptions } from '../call.ts';
import type { CallNotice, CallerLeg, TrailStore } from '../ports.ts';
import { startCall } from '../start-call.ts';
import {
  startScriptedEngine,
  type ScriptedEngine,
  type ScriptedEngineOptions,
  type ScriptedPart,
  type ScriptedSession,
} from './scripted-engine.ts';

/** A call against a scripted engine, with everything a test may want to look at. */
export interface CallHarness<Leg extends CallerLeg = ManualLeg> extends AsyncDisposable {
  readonly call: Call;
  readonly clock: ManualClock;
  readonly engine: ScriptedEngine;
  readonly session: ScriptedSession;
  readonly leg: Leg;
  readonly store: TrailStore;
  /** What the tools of the test desk did, in order. */
  readonly toolRuns: readonly string[];
  trail(): Promise<readonly TrailEvent[]>;
  /** The trail's event types, in order. */
  types(): Promise<readonly TrailEventType[]>;
  /** The last status the leg was told. */
  status(): string;
}

/** What may differ from call to call. */
export interface HarnessOptions {
  readonly engine?: ScriptedEngineOptions;
  readonly script?: readonly (readonly ScriptedPart[])[];
  readonly desk?: (desk: Desk) => Desk;
  readonly call?: Partial<StartCallOptions>;
}

/** Waits until `condition` holds, while events travel over the socket. @throws after two seconds */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = 'condition',
): Promise<void> {
  const startMs = performance.now();
  while (!(await condition())) {
    if (performance.now() - startMs > 15_000) throw new Error(`Waited in vain: ${what}`);
    await sleep(2);
  }
}

/** Lets everything already sent arrive and be acted upon, in both directions. */
export async function quiet({ session }: Pick<CallHarness, 'session'>): Promise<void> {
  for (let last = -1; last !== session.received.length;) {
    last = session.received.length;
    await session.arrived();
    await sleep(25);
  }
}

/** A desk of three agents in a circle, whose tools succeed, throw and hang. */
export function testDesk(runs: string[]): Desk {
  const lookup = tool({
    name: 'lookup_invoice',
    description: 'Finds an invoice.',
    parameters: z.object({ invoice_id: z.string().regex(/^INV-\d{4}$/) }),
    execute: async ({ invoice_id: id }, runContext) => {
      const context = (runContext as { context: CallContext } | undefined)?.context; // typed unknown by tool()
      runs.push(`lookup_invoice ${id} for ${context?.callId}`);
      return { invoice_id: id, status: 'open' };
    },
  });
  const broken = tool({
    name: 'broken',
    description: 'Throws.',
    parameters: z.object({}),
    execute: async () => {
      runs.push('broken');
      throw new Error('password is hunter2');
    },
  });
  const slow = tool({
    name: 'slow',
    description: 'Hangs.',
    parameters: z.object({}),
    execute: (_input, _context, details) =>
      new Promise<string>((_resolve, reject) => {
        runs.push('slow');
        details?.signal?.addEventListener('abort', () => {
          runs.push('slow aborted');
          reject(new Error('aborted'));
        });
      }),
  });
  const guarded = tool({
    name: 'guarded',
    description: 'Wants approval.',
    parameters: z.object({}),
    needsApproval: true,
    execute: async () => {
      runs.push('guarded');
      return 'done';
    },
  });
  return {
    name: 'test-desk',
    title: 'Test desk',
    language: 'en-GB',
    timeZone: 'Europe/London',
    voice: 'marin',
    firstAgent: 'triage',
    greeting: 'Hello, how can I help?',
    limits: { toolTimeoutMs: 60 },
    agents: {
      triage: {
        label: 'Triage',
        handoffDescription: 'Anything else.',
        instructions: 'Route the caller.',
        handoffs: ['billing'],
        canEndCall: true,
      },
      billing: {
        label: 'Billing',
        handoffDescription: 'Invoices and refunds.',
        instructions: 'Help with invoices.',
        tools: [lookup, broken, slow, guarded] as DeskTool[], // tool() infers its context as unknown
        handoffs: ['scheduling', 'triage'],
      },
      scheduling: {
        label: 'Scheduling',
        handoffDescription: 'Appointments.',
        instructions: 'Help with appointments.',
        handoffs: ['triage', 'billing'],
      },
    },
  };
}

/** Starts an engine and a call on it. The script answers the greeting first. */
export const harness = (options: HarnessOptions = {}): Promise<CallHarness> =>
  harnessOf(manualLeg(), options);

/** The same with a leg of any kind, which keeps what it is told. */
export async function harnessOf<
  Leg extends CallerLeg & { readonly notices: readonly CallNotice[] },
>(leg: Leg, options: HarnessOptions): Promise<CallHarness<Leg>> {
  const engine = await startScriptedEngine(options.engine);
  engine.script(...(options.script ?? []));
  const clock = manualClock();
  const store = options.call?.store ?? memoryTrailStore();
  const toolRuns: string[] = [];
  const desk = options.desk?.(testDesk(toolRuns)) ?? testDesk(toolRuns);
  const call = await startCall({
    desk,
    engine: engine.endpoint,
    leg,
    store,
    services: memoryServices(),
    clock,
    newId: countedIds(),
    log: silentLog,
    ...options.call,
  });
  const session = engine.sessions[0];
  if (!session) throw new Error('The call did not connect.');
  await until(() => session.of('response.create').length > 0, 'the call to ask for a greeting');
  const trail = (): Promise<readonly TrailEvent[]> => store.read(call.id);
  return {
    call,
    clock,
    engine,
    session,
    leg,
    store,
    toolRuns,
    trail,
    types: async () => (await trail()).map((event) => event.type),
    status() {
      const last = leg.notices.findLast((notice) => notice.type === 'status');
      return last ? `${last.activeAgent} ${last.agent}, caller ${last.caller}` : 'none';
    },
    async [Symbol.asyncDispose]() {
      await call[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
