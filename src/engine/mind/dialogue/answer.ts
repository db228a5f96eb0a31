import { understood } from '../intent.ts';
import { isEmptyTalk, wordsOf } from '../language/index.ts';
import type { Tool } from '../toolbox.ts';
import { chooseAmong, type Offer } from '../values/index.ts';
import { advance, ask } from './advance.ts';
import { chosen, takeAnother } from './choosing.ts';
import { confirmed, confirmedCall } from './confirmation.ts';
import { fillFrom, readValue, type Filled } from './fill.ts';
import { introduced } from './identity.ts';
import { begin, summary } from './begin.ts';
import { wentOn } from './people.ts';
import {
  toolNamed,
  type Asked,
  type Goal,
  type Said,
  type Scene,
  type State,
  type Step,
} from './state.ts';

/** Takes the utterance as an answer to what was asked, or as a correction. Undefined: it is neither. */
export function answer(scene: Scene, state: State, said: Said): Step | undefined {
  const { asked, goal } = state;
  switch (asked.about) {
    case 'confirm':
      if (!goal) return undefined;
      return asked.call
        ? confirmedCall(scene, { ...state, goal }, { call: asked.call, said })
        : stillAsked(state, confirmed(scene, { ...state, goal }, said));
    case 'which':
      return whichOf(scene, { ...state, asked }, said);
    case 'choice':
      return state.listing ? chosen(scene, { ...state, listing: state.listing }, said) : undefined;
    case 'value':
      return goal ? valued(scene, { ...state, goal, asked }, said) : undefined;
    case 'nothing':
    case 'matter':
    case 'more':
      return corrected(scene, state, said);
  }
}

/** What was to be confirmed stays so while it is being put right. */
const stillAsked = (state: State, step: Step | undefined): Step | undefined =>
  step?.plan.do === 'change' ? { state, plan: step.plan } : step;

type WithGoal = State & { readonly goal: Goal };

function whichOf(
  scene: Scene,
  state: State & { readonly asked: Extract<Asked, { about: 'which' }> },
  said: Said,
): Step | undefined {
  const { asked } = state;
  const declined = said.social.no && isEmptyTalk(said.social.rest);
  if (declined && asked.words === '') return leftOpen(scene, state);
  const tools = asked.tools.flatMap((name): Tool[] => {
    const tool = toolNamed(scene, name);
    return tool ? [tool] : [];
  });
  const place = chooseAmong(
    tools.map((): Offer => ({})),
    said.text,
    { today: undefined },
  );
  const ranked = scene.score(said.social.rest).flatMap(({ tool, score }) => {
    const meant = tools.find((one) => one === tool || takes(tool, one));
    return meant && score > 0 ? [meant] : [];
  });
  const wantsCode = (one: Tool): boolean => one.params.some(({ kind }) => kind === 'identifier');
  if (ranked.length === 0 && /\b(?:new|existing|old|already)\b/i.test(said.text)) {
    const isNew = /\bnew\b/i.test(said.text);
    ranked.push(...tools.filter((one) => wantsCode(one) !== isNew));
  }
  const only = tools.length === 1 && said.social.yes ? tools[0] : undefined;
  const tool = ranked[0] ?? only ?? (place.picked === 'one' ? tools[place.index] : undefined);
  const words = asked.words === '' ? said.text : `${asked.words}. ${said.text}`;
  return tool
    ? begin(scene, state, { tool, text: words, reason: summary(words), lead: 'sure' })
    : undefined;
}

/** What was offered instead is not wanted: what stood before goes on, if anything did. */
function leftOpen(scene: Scene, { parked, ...state }: State): Step {
  if (parked?.goal) return wentOn(scene, { ...state, goal: parked.goal }, 'All right.');
  return {
    state: { ...state, goal: undefined, asked: { about: 'more' } },
    plan: { do: 'more', lead: 'dropped' },
  };
}

/** Whether a tool is what a list is made for. */
const takes = (tool: Tool, list: Tool): boolean =>
  tool.params.some(({ source }) => source === list.name) &&
  tool.params.every(({ kind }) => kind !== 'identifier');

function valued(
  scene: Scene,
  state: WithGoal & { readonly asked: Extract<Asked, { about: 'value' }> },
  { text, social }: Said,
): Step | undefined {
  const { goal, asked } = state;
  const main = toolNamed(scene, goal.tool);
  const source = asked.tool === goal.tool ? sourceOf(scene, main) : toolNamed(scene, asked.tool);
  if (!main) return undefined;
  const answered = inWeekOf(goal, text);
  const expected = (tool: Tool): string | undefined =>
    tool.name === asked.tool ? asked.param : undefined;
  const read = (overwrite: boolean) => ({
    forGoal: fillFrom(scene, main, {
      text: answered,
      values: goal.values,
      expected: expected(main),
      part: goal.part,
      overwrite,
    }),
    forList: source
      ? fillFrom(scene, source, {
          text: withoutCode(main, expected(main), answered),
          values: goal.listValues,
          expected: expected(source),
          part: goal.part,
          overwrite,
        })
      : { values: goal.listValues, part: '', changed: false },
  });
  const heard = read(social.correction);
  const offer =
    social.yes && !heard.forGoal.changed && !heard.forList.changed
      ? offered(scene, { ...state, asked })
      : undefined;
  const taken = (filled: Filled): Filled => ({
    ...{ part: filled.part, changed: true },
    values: { ...filled.values, [asked.param]: offer },
  });
  const first =
    offer === undefined
      ? heard
      : asked.tool === main.name
        ? { ...heard, forGoal: taken(heard.forGoal) }
        : { ...heard, forList: taken(heard.forList) };
  // No answer to the question, but perhaps another value for something said before.
  const back = first.forGoal.changed ? undefined : takeAnother(scene, state, text);
  if (back) return back;
  const { forGoal: found, forList } =
    first.forGoal.changed || first.forList.changed ? first : read(true);
  const instead =
    found.changed || forList.changed ? undefined : otherOfSelf(scene, { ...state, asked }, text);
  if (instead?.of !== undefined)
    return ask(
      { ...state, goal: { ...goal, part: instead.part } },
      { tool: asked.tool, param: instead.of, lead: 'part' },
    );
  const forGoal = { ...(instead ?? found), values: mended(goal, (instead ?? found).values) };
  const part = forGoal.part === goal.part ? forList.part : forGoal.part;
  const next: Goal = {
    ...goal,
    values: forGoal.values,
    listValues: forList.values,
    part,
    words: [...goal.words, text],
  };
  if (forGoal.changed || forList.changed) {
    // A new day makes the list that was read before worthless.
    const listing =
      forList.changed && state.listing?.tool === source?.name ? undefined : state.listing;
    return advance(scene, {
      ...state,
      listing,
      goal: next,
      offered: '',
      asked: { about: 'nothing' },
    });
  }
  const self = introduced(scene, state, text);
  if (self) return self;
  if (part !== '' && part !== goal.part)
    return ask({ ...state, goal: next }, { tool: asked.tool, param: asked.param, lead: 'part' });
  return undefined;
}

/** The day or time that a refusal ended with. Nothing else of a tool's words is ever an answer. */
function offered(
  scene: Scene,
  { asked, offered: sentence }: State & { readonly asked: Extract<Asked, { about: 'value' }> },
): unknown {
  const param = toolNamed(scene, asked.tool)?.params.find(({ name }) => name === asked.param);
  if (!param || param.past || !/^(?:date|time|moment)$/.test(param.kind)) return undefined;
  return readValue(scene, param, { text: lastClause(sentence), expected: false }).value;
}

/** Without the code that was asked for: the digits of one may look like a day. */
const withoutCode = (tool: Tool, expected: string | undefined, text: string): string =>
  tool.params.some(({ name, kind }) => name === expected && kind === 'identifier')
    ? text.replaceAll(/\d(?:[\s-]*\d){4,}/g, ' ')
    : text;

/** One of the values that were not right together is said anew: the others may stand. */
const mended = ({ tried }: Goal, values: Goal['values']): Goal['values'] =>
  tried && Object.entries(values).some(([name, value]) => value !== tried[name])
    ? { ...tried, ...values }
    : values;

/** What proves the caller is said in any order: where one thing is asked for, another may come. */
function otherOfSelf(
  scene: Scene,
  state: WithGoal & { readonly asked: Extract<Asked, { about: 'value' }> },
  text: string,
): (Filled & { readonly of?: string }) | undefined {
  const { goal, asked } = state;
  const tool = toolNamed(scene, goal.tool);
  if (!tool?.verifies || asked.tool !== tool.name || namesOther(scene, text)) return undefined;
  for (const param of tool.params) {
    // A bare word may be anybody's name: it counts only once a name has turned out to be wrong.
    const counts = param.past || (param.kind === 'name' && goal.tried !== undefined);
    if (param.name === asked.param || !counts) continue;
    const { values } = goal;
    const filled = fillFrom(scene, tool, { text, values, expected: param.name, overwrite: false });
    if (filled.changed) return filled;
    if (param.past && filled.part !== '') return { ...filled, of: param.name };
  }
  return undefined;
}

/** Whether the words are about something that a tool here does. */
const namesOther = (scene: Scene, text: string): boolean =>
  (scene.score(text)[0]?.score ?? 0) >= understood;

/** A weekday alone belongs to the week that was spoken of before. */
const inWeekOf = ({ words }: Goal, text: string): string =>
  words.some((said) => /\bnext week\b/i.test(said)) &&
  /\b(?:mon|tues|wednes|thurs|fri)day\b/i.test(text) &&
  !/\b(?:this|next|week)\b|\d/i.test(text)
    ? text.replace(/\b((?:mon|tues|wednes|thurs|fri)day)\b/i, '$1 next week')
    : text;

/** After the result: "no sorry i meant friday" runs the last lookup again with the other value. */
function corrected(scene: Scene, state: State, { text, social }: Said): Step | undefined {
  const { goal, last } = state;
  if (goal && state.asked.about === 'nothing') return interrupted(scene, { ...state, goal }, text);
  const tool = toolNamed(scene, last?.tool);
  if (!last || !tool?.reads || !(social.correction || social.no)) return undefined;
  const filled = fillFrom(scene, tool, { text, values: last.values, overwrite: true });
  if (!filled.changed) return undefined;
  return advance(scene, {
    ...state,
    goal: { ...last, values: filled.values, words: [...last.words, text] },
  });
}

/** The caller cut in before the call was made: what was said may still change it. */
function interrupted(scene: Scene, state: WithGoal, text: string): Step | undefined {
  const { goal } = state;
  const tool = toolNamed(scene, goal.tool);
  if (!tool) return undefined;
  const source = sourceOf(scene, tool);
  const filled = fillFrom(scene, tool, { text, values: goal.values, overwrite: true });
  const listed =
    source && fillFrom(scene, source, { text, values: goal.listValues, overwrite: true });
  if (!filled.changed && !listed?.changed && wordsOf(text).length > 2) return undefined;
  const words = [...goal.words, text];
  const listValues = listed?.values ?? goal.listValues;
  return advance(scene, { ...state, goal: { ...goal, values: filled.values, listValues, words } });
}

const sourceOf = (scene: Scene, tool: Tool | undefined): Tool | undefined =>
  toolNamed(scene, tool?.params.find(({ kind }) => kind === 'choice')?.source);

/** The last sentence of an error: where it offers something, that comes last. */
const lastClause = (sentence: string): string =>
  sentence
    .split(/(?<=[.!?])\s+/)
    .filter(Boolean)
    .at(-1) ?? '';
