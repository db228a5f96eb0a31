import { understood } from '../intent.ts';
import { socialOf } from '../language/index.ts';
import type { MindItem } from '../port.ts';
import { advance } from './advance.ts';
import { carriedText, isCommand, type Handed } from './handovers.ts';
import { hear } from './hear.ts';
import { initialState, type Goal, type Plan, type Scene, type State } from './state.ts';

interface TakenUp {
  readonly state: State;
  readonly plan: Plan;
  /** The agent goes on where it had stopped. */
  readonly isResumed: boolean;
}

/**
 * The agent has the caller, for the first time or again.
 *
 * Someone who is brought back goes on with what they had left unfinished; so does who comes back with
 * nothing new to say. Any other has a new matter.
 */
export function takeUp(
  scene: Scene,
  before: State,
  about: {
    readonly handed: Handed;
    readonly items: readonly MindItem[];
    /** The agent had the caller before, and `before` is where that ended. */
    readonly hasEarlier: boolean;
  },
): TakenUp {
  const { handed, items, hasEarlier } = about;
  const left = before.parked?.goal ?? before.goal;
  const { known, lockedOut, caller, selfSaid, refusals, readsBack, recent, listing } = before;
  const fresh: State = {
    ...initialState,
    known: { ...known, ...handed.said },
    ...{ lockedOut, caller, selfSaid, refusals, readsBack, recent },
  };
  const resumed = (): TakenUp | undefined => {
    const goal = due(left, caller !== undefined);
    if (!goal) return undefined;
    const step = advance(scene, { ...fresh, listing, goal, asked: { about: 'nothing' } });
    return { ...step, isResumed: true };
  };
  const nothingLeft: TakenUp = {
    state: fresh,
    plan: { do: 'invite', withAbilities: false },
    isResumed: false,
  };
  const heard = (text: string): TakenUp => ({
    ...hear(
      scene,
      { ...fresh, given: handed.said },
      { text, confidence: undefined, carried: true },
    ),
    isResumed: false,
  });
  if (handed.returned) {
    const going = resumed();
    if (going) return going;
    // What is seen to be done is not done again; what cannot be seen is told.
    const told = hasEarlier || isCommand(handed.unfinished) ? '' : handed.unfinished;
    return told === '' ? nothingLeft : heard(told);
  }
  const text = carriedText(items, handed);
  if (!hasEarlier) return heard(text);
  const { back, rest } = socialOf(text);
  const best = scene.score(rest).find(({ tool }) => tool.role === 'own');
  if (back && (best?.score ?? 0) < understood) return resumed() ?? nothingLeft;
  const step = heard(text);
  const isNothingNew = /^(?:invite|unclear|cannot|which|repeat|wait)$/.test(step.plan.do);
  return isNothingNew ? (resumed() ?? step) : step;
}

/** What is to be gone on with: a caller who is known by now need not say who they are. */
const due = (goal: Goal | undefined, isKnown: boolean): Goal | undefined =>
  isKnown && goal?.then ? goal.then : goal;
