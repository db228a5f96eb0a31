import { socialOf } from '../language/index.ts';
import { advance } from './advance.ts';
import { followMatter } from './matter.ts';
import { toolNamed, type Scene, type State, type Step } from './state.ts';

/** What goes on by itself once a matter is over, and what it is introduced with. */
export interface Afterwards extends Step {
  /** `paused`: what had been left for the matter that is over. `later`: what had been asked for as well. */
  readonly why: 'paused' | 'later';
}

/** Goes on with what was left for the matter that is over now, else with what was wanted besides it. */
export function afterwards(scene: Scene, before: State): Afterwards | undefined {
  const { paused, ...state } = before;
  if (paused && toolNamed(scene, paused.tool)) {
    const step = advance(scene, { ...state, goal: paused, asked: { about: 'nothing' } });
    return { ...step, why: 'paused' };
  }
  if (state.later === '') return undefined;
  const words = state.later;
  const step = followMatter(
    scene,
    { ...state, later: '', goal: undefined, asked: { about: 'more' } },
    { text: words, said: words, social: socialOf(words), carried: false, isFirst: false },
  );
  // Not understood after all: the caller says it again, or does not.
  return /^(?:unclear|invite|cannot)$/.test(step.plan.do) ? undefined : { ...step, why: 'later' };
}
