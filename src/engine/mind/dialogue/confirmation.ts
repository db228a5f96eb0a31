import { namesMatter, understood } from '../intent.ts';
import { isEmptyTalk } from '../language/index.ts';
import { fits, isDictated, type Tool } from '../toolbox.ts';
import { nameIn } from '../values/index.ts';
import { advance, ask, sameCall } from './advance.ts';
import { takeAnother } from './choosing.ts';
import { fillFrom, hasOwnShape, readValue } from './fill.ts';
import {
  toolNamed,
  type Goal,
  type PastCall,
  type Said,
  type Scene,
  type State,
  type Step,
  type Values,
} from './state.ts';

type WithGoal = State & { readonly goal: Goal };

/** What the instructions wanted confirmed: yes, no, or another value. */
export function confirmed(scene: Scene, state: WithGoal, { text, social }: Said): Step | undefined {
  const tool = toolNamed(scene, state.goal.tool);
  if (!tool) return undefined;
  const filled = fillFrom(scene, tool, { text, values: state.goal.values, overwrite: true });
  const renamed = filled.changed
    ? filled.values
    : (otherName(tool, state.goal.values, text) ??
      saidAnew(scene, tool, { values: state.goal.values, text }));
  if (renamed) return advance(scene, withValues(state, renamed, text), 'sure');
  const refused = social.no || /\b(?:don't|do not|not)\b/i.test(text);
  // "Cancel it", said to "shall I cancel it", is a yes.
  const [best] = scene.score(social.rest);
  const named = best?.tool.name === tool.name && best.score >= understood;
  if (!refused && (social.yes || named))
    return advance(scene, { ...state, goal: { ...state.goal, confirmed: true } });
  if (!refused) return undefined;
  // "No": the value that was read back was wrong, or the caller does not want it after all.
  const wrong = tool.params.find((param) => isDictated(param) && param.required);
  if (wrong && /\b(?:wrong|number|not right|incorrect|different|mean)\b/i.test(text)) {
    return ask(withValues(state, { ...state.goal.values, [wrong.name]: undefined }, text), {
      tool: tool.name,
      param: wrong.name,
      lead: '',
    });
  } // "No, …" and then something that was not understood: it is to be otherwise.
  if (
    social.no &&
    !/\b(?:don't|do not|not)\b/i.test(text) &&
    !isEmptyTalk(social.rest) &&
    !social.drop &&
    !social.bye
  )
    return { state, plan: { do: 'change' } };
  return {
    state: { ...state, goal: undefined, withdrawn: state.goal, asked: { about: 'more' } },
    plan: { do: 'more', lead: 'dropped' },
  };
}

/** "No, fifty": a bare value that can only be meant for one of those that were read back. */
function saidAnew(
  scene: Scene,
  tool: Tool,
  about: { readonly values: Values; readonly text: string },
): Values | undefined {
  const { values } = about;
  const text = about.text.replace(
    /^(?:(?:no|nope|yes|yeah|but|sorry|wait|actually|make (?:it|that)|it's|it is|i meant?|rather|well)\b[,.]? ?)+/i,
    '',
  );
  if (text === '' || namesMatter(text)) return undefined;
  const changed = tool.params.flatMap((param): [string, unknown][] => {
    if (values[param.name] === undefined || !hasOwnShape(param) || param.kind === 'name') return []; // Of a day and a time, what is not said anew stays.
    const part =
      param.kind === 'moment' ? String(values[param.name]).slice(0, 16).replace('T', ' ') : '';
    const { value } = readValue(scene, param, { text, expected: true, part });
    return value === undefined || value === values[param.name] ? [] : [[param.name, value]];
  });
  return changed.length === 1 ? { ...values, ...Object.fromEntries(changed) } : undefined;
}

/** "No, make it for Ann Lee": said of a name that was read back. */
function otherName(tool: Tool, values: Values, text: string): Values | undefined {
  const param = tool.params.find(({ kind, name }) => kind === 'name' && values[name] !== undefined);
  const said = /\b(?:for|under)\s+(.+)$/i.exec(text)?.[1];
  const name = param && said !== undefined ? nameIn(said, true) : undefined;
  return param && name !== undefined && name !== values[param.name] && fits(param, name)
    ? { ...values, [param.name]: name }
    : undefined;
}

/** What a tool had read back: a yes makes the very same call, another value a call of its own. */
export function confirmedCall(
  scene: Scene,
  state: WithGoal,
  about: { readonly call: PastCall; readonly said: Said },
): Step | undefined {
  const { call, said } = about;
  const { yes, no } = said.social;
  const before: WithGoal = { ...state, asked: { about: 'nothing' } };
  const other = takeAnother(scene, before, said.text);
  if (other) return other;
  const step = confirmed(scene, before, said);
  if (step?.plan.do === 'change') return { state, plan: step.plan };
  // Neither yes nor no nor a matter: it was not understood as the question that it is.
  if (!step && state.asked.about === 'confirm' && !namesMatter(said.text))
    return { state, plan: { do: 'say', sentence: state.asked.sentence ?? '', again: true } };
  if (step?.plan.do === 'more') return { ...step, plan: { do: 'more', lead: 'left' } };
  if (!step || no || !yes || step.plan.do !== 'call' || step.plan.name !== call.name) return step;
  const { values } = step.state.goal ?? { values: {} };
  // A plain yes is for what was read back, to the letter.
  return sameCall({ name: call.name, args: values }, { name: call.name, args: state.goal.values })
    ? { state: step.state, plan: { do: 'call', ...call, lead: '' } }
    : step;
}

const withValues = (state: WithGoal, values: Goal['values'], text: string): WithGoal => ({
  ...state,
  goal: { ...state.goal, values, words: [...state.goal.words, text] },
});
