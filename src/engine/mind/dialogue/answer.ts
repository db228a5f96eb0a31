import { isEmptyTalk, wordsOf, type Social } from '../language/index.ts';
import type { Tool } from '../toolbox.ts';
import { chooseAmong, type Offer } from '../values/index.ts';
import { advance, ask, choose, offeredValue } from './advance.ts';
import { fillFrom } from './fill.ts';
import { understood } from '../intent.ts';
import { begin, summary } from './matter.ts';
import {
  toolNamed,
  type Asked,
  type Goal,
  type Listing,
  type Scene,
  type State,
  type Step,
} from './state.ts';

/** What the caller just said. */
export interface Said {
  readonly text: string;
  readonly social: Social;
}

/** Takes the utterance as an answer to what was asked, or as a correction. Undefined: it is neither. */
export function answer(scene: Scene, state: State, said: Said): Step | undefined {
  const { asked, goal } = state;
  switch (asked.about) {
    case 'confirm':
      return goal ? confirmed(scene, { ...state, goal }, said) : undefined;
    case 'which':
      return whichOf(scene, { ...state, asked }, said);
    case 'choice':
      return state.listing ? chosen(scene, { ...state, listing: state.listing }, said) : undefined;
    case 'value':
      return goal ? valued(scene, { ...state, goal, asked }, said) : undefined;
    case 'later':
    case 'nothing':
    case 'matter':
    case 'more':
      return corrected(scene, state, said);
  }
}

type WithGoal = State & { readonly goal: Goal };

function confirmed(scene: Scene, state: WithGoal, { text, social }: Said): Step | undefined {
  const tool = toolNamed(scene, state.goal.tool);
  if (!tool) return undefined;
  const filled = fillFrom(scene, tool, { text, values: state.goal.values, overwrite: true });
  if (filled.changed) return advance(scene, withValues(state, filled.values, text), 'sure');
  const refused = social.no || /\b(?:don't|do not|not)\b/i.test(text);
  // "Cancel it", said to "shall I cancel it", is a yes.
  const [best] = scene.score(social.rest);
  const named = best?.tool.name === tool.name && best.score >= understood;
  if (!refused && (social.yes || named))
    return advance(scene, { ...state, goal: { ...state.goal, confirmed: true } });
  if (!refused) return undefined;
  // "No": the value that was read back was wrong, or the caller does not want it after all.
  const wrong = tool.params.find(({ kind, required }) => kind === 'identifier' && required);
  if (wrong && /\b(?:wrong|number|not right|incorrect|different|mean)\b/i.test(text)) {
    return ask(withValues(state, { ...state.goal.values, [wrong.name]: undefined }, text), {
      tool: tool.name,
      param: wrong.name,
      lead: '',
    });
  }
  return {
    state: { ...state, goal: undefined, asked: { about: 'more' } },
    plan: { do: 'more', lead: 'dropped' },
  };
}

function whichOf(
  scene: Scene,
  state: State & { readonly asked: Extract<Asked, { about: 'which' }> },
  said: Said,
): Step | undefined {
  const { asked } = state;
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
  const tool = ranked[0] ?? (place.picked === 'one' ? tools[place.index] : undefined);
  const words = `${asked.words}. ${said.text}`;
  return tool
    ? begin(scene, state, { tool, text: words, reason: summary(words), lead: 'sure' })
    : undefined;
}

/** Whether a tool is what a list is made for. */
const takes = (tool: Tool, list: Tool): boolean =>
  tool.params.some(({ source }) => source === list.name) &&
  tool.params.every(({ kind }) => kind !== 'identifier');

function chosen(
  scene: Scene,
  state: State & { readonly listing: Listing },
  { text, social }: Said,
): Step | undefined {
  const { listing } = state;
  const source = toolNamed(scene, listing.tool);
  const choice = chooseAmong(listing.list.offers, text, {
    today: scene.prompt.today,
    ...(listing.chosen === undefined ? {} : { current: listing.chosen }),
  });
  if (choice.picked === 'one') return take(scene, state, { index: choice.index, text });
  const relisted = source ? relist(scene, state, { source, text }) : undefined;
  if (relisted) return relisted;
  if (choice.picked === 'several') {
    const among = listing.list.offers.filter((_offer, index) => choice.indexes.includes(index));
    return choose(state, { ...listing, list: { ...listing.list, offers: among } }, 'narrow', among);
  }
  if (choice.picked === 'absent') return choose(state, listing, 'absent');
  const declined =
    (social.no && isEmptyTalk(social.rest)) ||
    /\b(?:none|neither|(?:don't|do not) (?:want|like))\b/i.test(text);
  return declined && source ? otherList(state, source) : undefined;
}

/** None of them will do: another day, or whatever else the list was asked for by. */
function otherList(state: State & { readonly listing: Listing }, source: Tool): Step | undefined {
  const open = source.params.filter(({ required, nullable }) => required && !nullable);
  const param = open.find(({ kind }) => /^(?:date|moment|time)$/.test(kind)) ?? open[0];
  if (!param) return undefined;
  const goal = state.goal ?? newGoal(source.name, '');
  const cleared = { ...state.listing.args, [param.name]: undefined };
  const next: Goal =
    goal.tool === source.name ? { ...goal, values: cleared } : { ...goal, listValues: cleared };
  return ask(
    { ...state, listing: undefined, goal: next },
    { tool: source.name, param: param.name, lead: 'sure' },
  );
}

/** Another day, another place: the list is asked for anew. */
function relist(
  scene: Scene,
  state: State & { readonly listing: Listing },
  about: { readonly source: Tool; readonly text: string },
): Step | undefined {
  const { source, text } = about;
  const filled = fillFrom(scene, source, { text, values: state.listing.args, overwrite: true });
  if (!filled.changed) return undefined;
  const goal: Goal = state.goal ?? newGoal(source.name, text);
  const words = [...goal.words, text];
  const next: Goal =
    goal.tool === source.name
      ? { ...goal, values: filled.values, words }
      : { ...goal, values: withoutTaken(scene, goal, source), listValues: filled.values, words };
  return advance(scene, { ...state, listing: undefined, goal: next, asked: { about: 'nothing' } });
}

/** The goal's values without what was chosen from a list that no longer holds. */
function withoutTaken(scene: Scene, goal: Goal, source: Tool): Goal['values'] {
  const tool = toolNamed(scene, goal.tool);
  return Object.fromEntries(
    Object.entries(goal.values).filter(
      ([key]) =>
        !tool?.params.some(({ name, source: from }) => name === key && from === source.name),
    ),
  );
}

/** The caller took an offer: it fills the goal, or finds the tool that takes such a thing. */
function take(
  scene: Scene,
  state: State & { readonly listing: Listing },
  about: { readonly index: number; readonly text: string },
): Step | undefined {
  const listing: Listing = { ...state.listing, chosen: about.index };
  const current = toolNamed(scene, state.goal?.tool);
  const takes = (tool: Tool): boolean =>
    tool.params.some(
      (param) =>
        param.source === listing.tool && offeredValue(param, listing, about.index) !== undefined,
    );
  let goal = state.goal;
  let tool = current && takes(current) ? current : undefined;
  if (!tool) {
    const words = [...(goal?.words ?? []), about.text].join('. ');
    tool = scene
      .score(words)
      .find((ranked) => ranked.tool.role === 'own' && takes(ranked.tool))?.tool;
    goal = tool
      ? {
          ...newGoal(tool.name, about.text),
          words: [...(goal?.words ?? []), about.text],
          listValues: listing.args,
        }
      : undefined;
  }
  const param = tool?.params.find(({ source }) => source === listing.tool);
  if (!tool || !goal || !param) return undefined;
  const picked = { ...goal.values, [param.name]: offeredValue(param, listing, about.index) };
  const { values } = fillFrom(scene, tool, { text: about.text, values: picked, overwrite: false });
  return advance(
    scene,
    { ...state, listing, goal: { ...goal, values }, asked: { about: 'nothing' } },
    'sure',
  );
}

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
  const offered =
    social.yes && state.offered !== '' ? `${answered} ${lastClause(state.offered)}` : answered;
  const expected = (tool: Tool): string | undefined =>
    tool.name === asked.tool ? asked.param : undefined;
  const read = (overwrite: boolean) => ({
    forGoal: fillFrom(scene, main, {
      text: offered,
      values: goal.values,
      expected: expected(main),
      part: goal.part,
      overwrite,
    }),
    forList: source
      ? fillFrom(scene, source, {
          text: offered,
          values: goal.listValues,
          expected: expected(source),
          part: goal.part,
          overwrite,
        })
      : { values: goal.listValues, part: '', changed: false },
  });
  const first = read(social.correction);
  // No answer to the question, but perhaps another value for something said before.
  const back = first.forGoal.changed ? undefined : takeAnother(scene, state, text);
  if (back) return back;
  const { forGoal, forList } = first.forGoal.changed || first.forList.changed ? first : read(true);
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
  if (part !== '' && part !== goal.part)
    return ask({ ...state, goal: next }, { tool: asked.tool, param: asked.param, lead: 'part' });
  return undefined;
}

/** A weekday alone belongs to the week that was spoken of before. */
const inWeekOf = ({ words }: Goal, text: string): string =>
  words.some((said) => /\bnext week\b/i.test(said)) &&
  /\b(?:mon|tues|wednes|thurs|fri)day\b/i.test(text) &&
  !/\b(?:this|next|week)\b|\d/i.test(text)
    ? text.replace(/\b((?:mon|tues|wednes|thurs|fri)day)\b/i, '$1 next week')
    : text;

/** Asked for the next thing, the caller goes back to the choice: "no the other one", "make it eleven". */
function takeAnother(scene: Scene, state: State, text: string): Step | undefined {
  const { listing } = state;
  if (
    listing?.chosen === undefined ||
    !/\b(?:no|other|actually|instead|rather|make it|sorry|meant?|change)\b/i.test(text)
  )
    return undefined;
  const step = chosen(scene, { ...state, listing }, { text, social: emptySocial });
  if (!step && /\b(?:other|different|another) (?:one|time)\b/i.test(text))
    return choose(state, { ...listing, chosen: undefined }, 'list');
  return step && step.plan.do !== 'choose' ? step : undefined;
}

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

const withValues = (state: WithGoal, values: Goal['values'], text: string): WithGoal => ({
  ...state,
  goal: { ...state.goal, values, words: [...state.goal.words, text] },
});

const sourceOf = (scene: Scene, tool: Tool | undefined): Tool | undefined =>
  toolNamed(scene, tool?.params.find(({ kind }) => kind === 'choice')?.source);

/** The last sentence of an error: where it offers something, that comes last. */
const lastClause = (sentence: string): string =>
  sentence
    .split(/(?<=[.!?])\s+/)
    .filter(Boolean)
    .at(-1) ?? '';

const newGoal = (tool: string, text: string): Goal => ({
  tool,
  values: {},
  listValues: {},
  words: [text],
  part: '',
  confirmed: false,
});

const emptySocial: Social = {
  bye: false,
  thanks: false,
  yes: false,
  no: false,
  correction: true,
  request: false,
  question: false,
  repeat: false,
  pause: false,
  drop: false,
  machine: false,
  person: false,
  lacking: false,
  misdialled: false,
  upset: false,
  rest: '',
};
