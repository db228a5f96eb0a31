import { isEmptyTalk, type Social } from '../language/index.ts';
import { understood, understoodHere, type Ranked } from '../intent.ts';
import { fits, type Param, type Tool } from '../toolbox.ts';
import { chooseAmong } from '../values/index.ts';
import { advance, ask, choose, offeredValue } from './advance.ts';
import { fillFrom } from './fill.ts';
import {
  toolNamed,
  type Goal,
  type Listing,
  type Said,
  type Scene,
  type State,
  type Step,
} from './state.ts';

/** Which of the offers is meant: one, some, none of them, or others altogether. */
export function chosen(
  scene: Scene,
  state: State & { readonly listing: Listing },
  { text, social }: Said,
): Step | undefined {
  const { listing } = state;
  const source = toolNamed(scene, listing.tool);
  const others =
    source && asksForOthers.test(text) ? relist(scene, state, { source, text }) : undefined;
  if (others) return others;
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

/** Something else than what was read is asked for. */
const asksForOthers =
  /\b(?:(?:have|has) (?:you|they) got|do you have|(?:is|are) there|got|what about|how about|what if) (?:any|some|one|ones|something|anything|an?\b|\w+ (?!one\b)\w+)/i;

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
  const paramFor = (tool: Tool): Param | undefined =>
    tool.params.find(
      (param) =>
        param.source === listing.tool && offeredValue(param, listing, about.index) !== undefined,
    ) ?? sharedParam(tool, listing, about.index);
  const takes = (tool: Tool): boolean => paramFor(tool) !== undefined;
  let goal = state.goal;
  let tool = current && takes(current) ? current : undefined;
  if (!tool) {
    const words = [...(goal?.words ?? []), about.text].join('. ');
    const scored = (said: string): readonly Ranked[] =>
      scene.score(said).filter((one) => one.tool.role === 'own' && takes(one.tool));
    // What is said of the offer tells more than what it was looked for with.
    const present = scored(about.text);
    const takers = (present[0]?.score ?? 0) >= understoodHere ? present : scored(words);
    // Who has named no matter takes what is new, not something that is there already.
    const isNew = ({ params }: Tool): boolean =>
      params.every((param) => !param.required || !isCodeUnknown(state, param));
    const [best] = takers;
    const open = takers.find((one) => isNew(one.tool));
    const isPlain =
      best !== undefined && best.score >= understood && best.score > (open?.score ?? 0) * 1.3;
    tool = (isPlain ? best : (open ?? best))?.tool;
    goal = tool
      ? {
          ...newGoal(tool.name, about.text),
          words: [...(goal?.words ?? []), about.text],
          listValues: listing.args,
        }
      : undefined;
  }
  const param = tool && paramFor(tool);
  if (!tool || !goal || !param) return undefined;
  // What was told before there was a matter counts for it now.
  const told = current === tool ? goal.values : valuesTold(scene, tool, { goal, listing });
  const offered = offeredValue(param, listing, about.index) ?? scalarOf(listing, about.index);
  // What is said now counts before what was said of the search.
  const now = { text: about.text, values: { [param.name]: offered }, overwrite: false };
  const { values: said } = fillFrom(scene, tool, now);
  const values = { ...sharedArgs(tool, listing), ...told, ...said };
  return advance(
    scene,
    { ...state, listing, goal: { ...goal, values }, asked: { about: 'nothing' } },
    'sure',
  );
}

/** The one value that an offer is made of. */
const scalarOf = ({ list }: Listing, index: number): unknown => {
  const values = Object.values(list.offers[index] ?? {});
  return values.length === 1 ? values[0] : undefined;
};

/** What was asked with counts for what is done with the answer: the day of a time that was chosen. */
const sharedArgs = ({ params }: Tool, { args }: Listing): Goal['values'] =>
  Object.fromEntries(
    params.flatMap((param): [string, unknown][] =>
      param.source === undefined && fits(param, args[param.name])
        ? [[param.name, args[param.name]]]
        : [],
    ),
  );

/** A time or a day out of a bare list, for a tool that takes it along with what the list was asked for. */
export function sharedParam(tool: Tool, listing: Listing, index: number): Param | undefined {
  if (tool.reads || Object.keys(sharedArgs(tool, listing)).length === 0) return undefined;
  const value = scalarOf(listing, index);
  return tool.params.find(
    (param) =>
      (param.kind === 'time' || param.kind === 'date' || param.kind === 'moment') &&
      listing.args[param.name] === undefined &&
      fits(param, value),
  );
}

/** Asked for the next thing, the caller goes back to the choice: "no the other one", "make it eleven". */
export function takeAnother(scene: Scene, state: State, text: string): Step | undefined {
  const { listing } = state;
  if (
    listing?.chosen === undefined ||
    !/\b(?:no|other|actually|instead|rather|make it|sorry|meant?|change)\b/i.test(text)
  )
    return undefined;
  const step = chosen(scene, { ...state, listing }, { text, social: emptySocial });
  if (!step && /\b(?:other|different|another) (?:one|time)\b/i.test(text))
    return choose(state, { ...listing, chosen: undefined }, 'list');
  if (step?.plan.do === 'choose' && step.plan.lead === 'absent')
    return choose(state, { ...listing, chosen: undefined }, 'absent');
  return step && step.plan.do !== 'choose' ? step : undefined;
}

/** What the caller opened with, read for a tool; answers since then were for another one, and so was what was searched by. */
function valuesTold(
  scene: Scene,
  tool: Tool,
  { goal, listing }: { readonly goal: Goal; readonly listing: Listing },
): Goal['values'] {
  const told = goal.words
    .slice(0, 1)
    .reduce<Goal['values']>(
      (known, text) => fillFrom(scene, tool, { text, values: known, overwrite: false }).values,
      goal.values,
    );
  const used = new Set(Object.values(listing.args).filter((value) => typeof value === 'number'));
  return Object.fromEntries(
    Object.entries(told).filter(([, value]) => typeof value !== 'number' || !used.has(value)),
  );
}

/** A code of something that is there already, which the caller has not given yet. */
const isCodeUnknown = ({ known }: State, param: Param): boolean =>
  param.kind === 'identifier' && !fits(param, known[param.name]);

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
  back: false,
  prompt: false,
  rest: '',
};
