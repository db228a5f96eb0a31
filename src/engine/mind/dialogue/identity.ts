import type { Outcome } from '../outcome.ts';
import { firstName } from '../phrasing/index.ts';
import { advance, ask } from './advance.ts';
import { fillFrom } from './fill.ts';
import { withLead } from './people.ts';
import { fits, type Tool } from '../toolbox.ts';
import {
  toolNamed,
  type Asked,
  type Goal,
  type PastCall,
  type Scene,
  type State,
  type Step,
  type Values,
} from './state.ts';

type Refused = Extract<Outcome, { kind: 'error' }>;
type WithGoal = State & { readonly goal: Goal };

/** A tool answered that another one must be run first: the goal waits until that is done. */
export function needed(scene: Scene, state: WithGoal, refused: Refused): Step {
  const { goal } = state;
  const first = toolNamed(scene, refused.needs);
  if (first?.role !== 'own' || state.lockedOut !== '' || waitsFor(goal, first.name))
    return {
      state: { ...state, goal: undefined, asked: { about: 'more' } },
      plan: { do: 'fail', sentence: state.lockedOut || refused.sentence },
    };
  const sender = senderFor(scene, first);
  if (sender) {
    const check: Goal = { ...emptyGoal(first.name), then: goal };
    const sending: State = {
      ...state,
      goal: { ...emptyGoal(sender.name), then: check },
      asked: { about: 'nothing' },
    };
    const step = advance(scene, sending);
    return { ...step, plan: withLead(step.plan, refused.sentence) };
  }
  const values = saidIn(scene, first, [...goal.words, ...state.selfSaid]);
  const step = advance(scene, {
    ...state,
    asked: { about: 'nothing' },
    goal: {
      ...{ tool: first.name, values, listValues: {}, words: goal.words, part: '' },
      confirmed: false,
      then: goal,
    },
  });
  if (step.plan.do === 'call') return step;
  return {
    state: step.state,
    plan:
      step.plan.do === 'ask'
        ? { do: 'fail', sentence: refused.sentence, ask: step.plan }
        : { do: 'fail', sentence: refused.sentence },
  };
}

/** What a verifying tool wants to hear may have to be sent to the caller first: `send_code`, then `check_code`. */
const senderFor = (scene: Scene, check: Tool): Tool | undefined =>
  scene.tools.find(
    ({ name, role }) =>
      role === 'own' && check.params.some((param) => name === `send_${param.name}`),
  );

const emptyGoal = (tool: string): Goal => ({
  ...{ tool, values: {}, listValues: {}, words: [], part: '', confirmed: false },
});

/** Whether a goal is a tool's own or waits for it: it would be set aside again and again. */
const waitsFor = (goal: Goal | undefined, tool: string): boolean =>
  goal !== undefined && (goal.tool === tool || waitsFor(goal.then, tool));

/** The caller is who they say they are: what was set aside goes on by itself. */
export function proven(
  scene: Scene,
  before: State,
  about: { readonly call: PastCall; readonly name: string },
): Step {
  const { call, name } = about;
  const thanks = thanksTo(name);
  // What was refused before may be called again: it is not the same any more.
  const state: State = {
    ...before,
    ...{ caller: { name }, lockedOut: '', refusals: {} },
    ...{ sinceCaller: [call], asked: { about: 'nothing' } },
  };
  const waiting = state.goal?.then;
  if (!waiting)
    return {
      state: { ...state, goal: undefined, asked: { about: 'matter' } },
      plan: { do: 'invite', withAbilities: false, lead: thanks },
    };
  const step = advance(scene, { ...state, goal: waiting });
  return { ...step, plan: withLead(step.plan, thanks) };
}

/**
 * Asked for something else, the caller says who they are: that is kept, proved as soon as it can be,
 * and what was asked stays asked.
 */
export function introduced(
  scene: Scene,
  state: WithGoal & { readonly asked: Extract<Asked, { about: 'value' }> },
  text: string,
): Step | undefined {
  const { goal, asked } = state;
  const check = scene.tools.find(({ verifies }) => verifies);
  if (!check || state.caller || state.lockedOut !== '') return undefined;
  if (waitsFor(goal, check.name)) return undefined;
  const said = saidIn(scene, check, [text]);
  if (Object.keys(said).length === 0) return undefined;
  const next: Goal = { ...goal, words: [...goal.words, text] };
  const values = saidIn(scene, check, [...next.words, ...state.selfSaid]);
  if (check.params.every((param) => !param.required || fits(param, values[param.name])))
    return advance(scene, {
      ...state,
      goal: { ...emptyGoal(check.name), values, words: next.words, then: next },
      asked: { about: 'nothing' },
    });
  const name = check.params.find(({ kind }) => kind === 'name')?.name ?? '';
  const { tool, param } = asked;
  return {
    state: { ...state, goal: next },
    plan: {
      ...{ do: 'after', sentence: thanksTo(said[name]) },
      plan: { do: 'ask', tool, param, lead: '', again: false },
    },
  };
}

/** What has been said for a tool, by parameter. */
const saidIn = (scene: Scene, tool: Tool, words: readonly string[]): Values =>
  words.reduce<Values>(
    (known, text) => fillFrom(scene, tool, { text, values: known, overwrite: false }).values,
    {},
  );

const thanksTo = (name: unknown): string =>
  typeof name === 'string' && name !== '' ? `Thank you, ${firstName(name)}.` : 'Thank you.';

/** What the caller said of themselves does not match: from the beginning again, or no more at all. */
export function unproven(
  scene: Scene,
  state: WithGoal,
  about: { readonly call: PastCall; readonly refused: Refused },
): Step {
  const { call, refused } = about;
  const tool = toolNamed(scene, call.name);
  const first = tool?.params.find(({ required, nullable }) => required && !nullable);
  if (refused.code === 'locked_out' || !tool || !first)
    return {
      state: {
        ...state,
        goal: undefined,
        selfSaid: [],
        lockedOut: refused.code === 'locked_out' ? refused.sentence : state.lockedOut,
        asked: { about: 'more' },
      },
      plan: { do: 'fail', sentence: refused.sentence },
    };
  const goal: Goal = {
    ...(state.goal.tool === call.name
      ? state.goal
      : { tool: call.name, listValues: {}, words: [], part: '', confirmed: false }),
    ...{ values: {}, part: '', words: [], tried: call.args },
  };
  const asking = ask(
    { ...state, goal, selfSaid: [], asked: { about: 'nothing' } },
    { tool: tool.name, param: first.name, lead: '' },
  );
  return {
    state: asking.state,
    plan:
      asking.plan.do === 'ask'
        ? { do: 'fail', sentence: refused.sentence, ask: asking.plan }
        : asking.plan,
  };
}
