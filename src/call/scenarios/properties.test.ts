import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activeAgentFaults,
  answerFaults,
  engineFaults,
  hopFaults,
  openingFaults,
  peopleFaults,
  refusalFaults,
  toolFaults,
  trailFaults,
  writeFaults,
} from '../testing/call-invariants.ts';
import { startModelEngine, type ModelEngine } from '../testing/model-engine.ts';
import { callPlan } from '../testing/call-plan.ts';
import { playCall, type PlayedCall } from '../testing/random-call.ts';

const invariants: Readonly<Record<string, (played: PlayedCall) => readonly string[]>> = {
  'the trail is in order, without gaps, and ends': trailFaults,
  'one agent has the call at any time': activeAgentFaults,
  'only tools of the active agent run': toolFaults,
  'every function call is answered once': answerFaults,
  'every refusal is answered': refusalFaults,
  'every handoff is opened once': openingFaults,
  'the hop budget holds': hopFaults,
  'people have a caller, or agents have': peopleFaults,
  'nothing is written twice, or without a yes': writeFaults,
  'the engine is neither flooded nor sent nonsense': engineFaults,
};

/** Some hundreds of calls, fewer on a busy machine; fast-check prints the seed of one that fails, and the smallest it finds. */
const runs = { numRuns: 300, interruptAfterTimeLimit: 40_000, noBias: true };

let engine: ModelEngine;
beforeAll(async () => void (engine = await startModelEngine()));
afterAll(async () => engine[Symbol.asyncDispose]());

describe('a call on any desk, with any model, interrupted anywhere', () => {
  it('keeps every promise of a handoff and of a tool', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(callPlan, async (plan) => {
        const played = await playCall(engine, plan);
        const broken = Object.entries(invariants).flatMap(([promise, faultsOf]) =>
          faultsOf(played).map((fault) => `${promise}: ${fault}`),
        );
        expect(broken, storyOf(played)).toEqual([]);
      }),
      runs,
    );
  });
});

/** What happened, for whoever reads the failure. */
function storyOf({ session, trail, end }: PlayedCall): string {
  const events = trail.map((event) => {
    const { callId: _callId, at: _at, elapsedMs: _elapsedMs, ...rest } = event;
    return JSON.stringify(rest);
  });
  return ['', ...session.log, '', ...events, `ended: ${end.reason} ${end.detail ?? ''}`].join('\n');
}
