import type { Outcome } from '../outcome.ts';
import type { Tool } from '../toolbox.ts';
import { advance } from './advance.ts';
import { toolNamed, type Plan, type Scene, type State, type Step } from './state.ts';

type Refused = Extract<Outcome, { kind: 'error' }>;

/** The transfer to people, those first whose words leave no doubt that they are people. */
export function peopleIn(scene: Scene): Tool | undefined {
  const ways = scene.tools.filter(({ person, name }) => person > 0 && !scene.blocked.has(name));
  return ways.toSorted((a, b) => b.person - a.person)[0];
}

/**
 * A handover that was refused: the sentence is said, and the caller is helped on.
 *
 * What may be done instead is offered; else what stood before goes on.
 */
export function notHandedOver(
  scene: Scene,
  before: State,
  about: { readonly tool: string; readonly refused: Refused },
): Step {
  const { parked, ...rest } = before;
  const { tool, refused } = about;
  const { sentence } = refused;
  // Who says goodbye is not told what cannot be done.
  if (parked?.isFarewell) return goodbye(scene, rest);
  const times = (rest.refusals[tool]?.times ?? 0) + 1;
  const refusals = { ...rest.refusals, [tool]: { times, say: sentence } };
  const state: State = { ...rest, last: undefined, refusals };
  const instead = refused.offer.flatMap((name) => toolNamed(scene, name) ?? []);
  if (instead.length > 0)
    return {
      state: {
        ...state,
        ...(parked && { parked }),
        goal: undefined,
        asked: { about: 'which', tools: instead.map(({ name }) => name), words: '' },
      },
      plan: { do: 'offer', sentence, tools: instead },
    };
  return wentOn(scene, { ...state, goal: parked?.goal }, sentence);
}

/** Says goodbye, and ends the call where that is for this agent to do. */
export const goodbye = (scene: Scene, state: State): Step => ({
  state: { ...state, goal: undefined, asked: { about: 'nothing' } },
  plan: { do: 'goodbye', end: scene.tools.find(({ role }) => role === 'end') },
});

/** What was said when a transfer was refused, once trying it again has not helped either. */
export function refusedForGood({ refusals }: State, { name, person }: Tool): string | undefined {
  const refused = refusals[name];
  // People may be free a moment later; a rule stays what it is.
  return refused && refused.times >= mostTries && person === 0 ? refused.say : undefined;
}

/** How often one refused transfer is tried. */
const mostTries = 2;

/** Says a sentence, then goes on with the goal that there is, or asks for another. */
export function wentOn(scene: Scene, state: State, sentence: string): Step {
  const { goal } = state;
  if (!goal)
    return { state: { ...state, asked: { about: 'more' } }, plan: { do: 'fail', sentence } };
  const step = advance(scene, { ...state, asked: { about: 'nothing' } });
  return { state: step.state, plan: withLead(step.plan, sentence) };
}

/** A plan with a sentence before it. */
export function withLead(plan: Plan, sentence: string): Plan {
  if (plan.do === 'call') return { ...plan, lead: sentence };
  if (plan.do === 'ask') return { do: 'fail', sentence, ask: plan };
  return { do: 'after', sentence, plan };
}
