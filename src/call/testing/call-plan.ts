import fc from 'fast-check';
import { deskPlan, type DeskPlan } from './random-desk.ts';

/** What the model does in a response, before the names are known that it could call. */
export type ActPlan =
  | { readonly act: 'say'; readonly ms: number }
  | { readonly act: 'pause' }
  | {
      readonly act: 'call';
      /** `current`: of the session's tools. The others are names the session does not have, or has no more. */
      readonly of: 'current' | 'transfer' | 'pay' | 'any agent' | 'nobody';
      readonly pick: number;
      readonly arguments: 'good' | 'bad' | 'empty' | 'not JSON';
      readonly twice: boolean;
    };

/** What happens to the call from outside. */
export type StepPlan = {
  /** Let everything that is on its way arrive first. */
  readonly settled: boolean;
} & (
  | { readonly do: 'speak'; readonly words: string; readonly long: boolean }
  | { readonly do: 'type'; readonly words: string }
  | { readonly do: 'hear' | 'wait'; readonly ms: number }
  | { readonly do: 'go on' | 'again' | 'acknowledge' }
  | { readonly do: 'stray'; readonly acts: readonly ActPlan[] }
  /** A handoff through the API; above the number of agents: to people. */
  | { readonly do: 'hand off'; readonly to: number }
  | { readonly do: 'accept' | 'decline' }
  | { readonly do: 'leave'; readonly handBack: boolean }
);

/** One call from beginning to end. */
export interface CallPlan {
  readonly desk: DeskPlan;
  /** Responses of the model, in order; after them it says something and nothing else. */
  readonly responses: readonly (readonly ActPlan[])[];
  /** The model reads back what it wants to write, and writes it after the next turn of the caller. */
  readonly readsBack: boolean;
  /** Sessions that are not acknowledged, by their number. */
  readonly unacknowledged: readonly number[];
  readonly steps: readonly StepPlan[];
}

const actPlan: fc.Arbitrary<ActPlan> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('say' as const), ms: fc.constantFrom(40, 200, 900) }),
  },
  { weight: 2, arbitrary: fc.constant<ActPlan>({ act: 'pause' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('call' as const),
      of: fc.constantFrom<Extract<ActPlan, { act: 'call' }>['of']>(
        'transfer',
        'transfer',
        'transfer',
        'transfer',
        'current',
        'current',
        'pay',
        'pay',
        'any agent',
        'nobody',
      ),
      pick: fc.nat(40),
      arguments: fc.constantFrom<Extract<ActPlan, { act: 'call' }>['arguments']>(
        'good',
        'good',
        'good',
        'good',
        'bad',
        'empty',
        'not JSON',
      ),
      twice: fc.nat(5).map((n) => n === 0),
    }),
  },
);
const acts = fc.oneof(
  { weight: 1, arbitrary: fc.constant<ActPlan[]>([]) },
  { weight: 9, arbitrary: fc.array(actPlan, { minLength: 1, maxLength: 4, size: 'max' }) },
);
const words = fc.constantFrom('yes', 'yes, please', 'no', 'hello there', 'what?', '');
const stepPlan: fc.Arbitrary<StepPlan> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('speak' as const), words, long: fc.boolean() }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('type' as const), words }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constantFrom('hear' as const, 'wait' as const),
          ms: fc.constantFrom(30, 400, 3_100, 6_100),
        }),
      },
      { weight: 4, arbitrary: fc.constant({ do: 'go on' as const }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ do: 'again' as const }, { do: 'acknowledge' as const }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('stray' as const), acts }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('hand off' as const), to: fc.nat(6) }),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          { do: 'accept' as const },
          { do: 'accept' as const },
          { do: 'decline' as const },
          { do: 'leave' as const, handBack: true },
          { do: 'leave' as const, handBack: false },
        ),
      },
    ),
  )
  .map(([settled, step]) => ({ settled, ...step }));

/** Any call on any desk. */
export const callPlan: fc.Arbitrary<CallPlan> = fc.record({
  desk: deskPlan,
  responses: fc.array(acts, { minLength: 4, maxLength: 16, size: 'max' }),
  readsBack: fc.boolean(),
  unacknowledged: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }) },
  ),
  steps: fc.array(stepPlan, { minLength: 4, maxLength: 14, size: 'max' }),
});
