import { matterTerms } from '../intent.ts';
import { termsOf, thingConcepts } from '../language/index.ts';
import { fits, isDictated, type Param, type Tool } from '../toolbox.ts';
import { chooseAmong, type Offer } from '../values/index.ts';
import {
  toolNamed,
  type Goal,
  type Lead,
  type Listing,
  type PastCall,
  type Scene,
  type State,
  type Step,
  type Values,
} from './state.ts';

/** Whether two calls would do the very same. */
export const sameCall = (a: PastCall, b: PastCall): boolean =>
  a.name === b.name && stable(a.args) === stable(b.args);

const stable = (values: Values): string =>
  JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Goes on with the goal: asks for the first thing missing, lists what to choose from, or calls. */
export function advance(scene: Scene, state: State, lead: Lead = ''): Step {
  const { goal } = state;
  const tool = toolNamed(scene, goal?.tool);
  if (!goal || !tool)
    return {
      state: { ...state, asked: { about: 'matter' } },
      plan: { do: 'invite', withAbilities: false },
    };
  for (const param of tool.params) {
    const value = goal.values[param.name];
    if (!param.required || fits(param, value) || (param.nullable && value === null)) continue;
    if (param.fallback !== undefined) continue; // taken unless the caller says otherwise
    if (param.kind === 'choice') return advanceChoice(scene, state, { goal, param, lead });
    if (param.nullable) continue; // not said, and need not be
    const name = ownName(tool, param, state);
    if (name !== undefined) {
      const values = { ...goal.values, [param.name]: name };
      return advance(scene, { ...state, goal: { ...goal, values } }, lead);
    }
    if (param.kind === 'unsupported')
      return {
        state: { ...state, goal: undefined, asked: { about: 'matter' } },
        plan: { do: 'cannot' },
      };
    return ask(state, { tool: tool.name, param: param.name, lead });
  }
  const args = argsOf(tool, goal.values);
  const rule = goal.confirmed || state.readsBack ? undefined : confirmationRule(scene, tool);
  if (rule !== undefined) {
    const lookup = goal.readBack ? undefined : lookupFor(scene, goal, rule);
    if (lookup && !state.sinceCaller.some((past) => sameCall(past, lookup)))
      return call(state, lookup);
    return {
      state: { ...state, asked: { about: 'confirm' } },
      plan: { do: 'confirm', tool, values: args, readBack: goal.readBack },
    };
  }
  return call(state, { name: tool.name, args });
}

/** The caller's own name, when it is proved and asked for: who it is for is read back or said anyway. */
function ownName(tool: Tool, param: Param, { caller, goal }: State): string | undefined {
  if (!caller || tool.verifies || param.kind !== 'name') return undefined;
  if (/first|last|family|sur|nick/i.test(param.name)) return undefined;
  if (!/\b(?:caller|customer|client|user|patient|your)\b/i.test(param.description))
    return undefined;
  return fits(param, caller.name) && !goal?.words.some((text) => forOther.test(text))
    ? caller.name
    : undefined;
}

/** An errand for somebody else: "for my son". */
const forOther =
  /\bfor (?:someone|somebody|another person|a friend|him|her|them)\b|\b(?:my|our) (?:\w+ )?(?:son|daughter|child|children|kids?|wife|husband|partner|mother|father|mom|mum|dad|friend|brother|sister|colleague)(?:'s)?\b/i;

/** How often one value is asked for in a row. */
const mostAsking = 5;

/** Asks for one value, counting how often. */
export function ask(
  state: State,
  about: { readonly tool: string; readonly param: string; readonly lead: Lead },
): Step {
  const { asked } = state;
  const again = asked.about === 'value' && asked.tool === about.tool && asked.param === about.param;
  const times = again ? asked.times + 1 : 1;
  if (times > mostAsking) {
    // It will not be had this way; going on would only vex the caller.
    return {
      state: { ...state, goal: undefined, withdrawn: state.goal, asked: { about: 'matter' } },
      plan: { do: 'invite', withAbilities: true },
    };
  }
  return {
    state: {
      ...state,
      asked: { about: 'value', tool: about.tool, param: about.param, times },
      offered: again ? state.offered : '', // what was said before another question is over
    },
    plan: { do: 'ask', ...about, again },
  };
}

function call(state: State, wanted: PastCall): Step {
  // Without a word from the caller in between, the same call would only end the same way.
  if (state.sinceCaller.some((past) => sameCall(past, wanted))) {
    return {
      state: { ...state, goal: undefined, asked: { about: 'more' } },
      plan: { do: 'more', lead: '' },
    };
  }
  return {
    state: { ...state, asked: { about: 'nothing' } },
    plan: { do: 'call', ...wanted, lead: '' },
  };
}

/** The arguments to send: everything that fits, `null` for what the caller left open. */
export function argsOf(tool: Tool, values: Values): Values {
  const args: Record<string, unknown> = {};
  for (const param of tool.params) {
    const value = values[param.name];
    if (value !== undefined && value !== null && fits(param, value)) args[param.name] = value;
    else if (param.required && param.nullable) args[param.name] = null;
    else if (param.fallback !== undefined) args[param.name] = param.fallback;
  }
  return args;
}

/** A value that only another tool gives: list first, then let the caller choose. */
function advanceChoice(
  scene: Scene,
  state: State,
  about: { readonly goal: Goal; readonly param: Param; readonly lead: Lead },
): Step {
  const { goal, param, lead } = about;
  const source = toolNamed(scene, param.source);
  const { listing } = state;
  if (source?.role !== 'own')
    return {
      state: { ...state, goal: undefined, asked: { about: 'matter' } },
      plan: { do: 'cannot' },
    };
  if (listing?.tool === source.name && listing.list.offers.length > 0) {
    const index = listing.chosen ?? hinted(scene, listing, goal);
    const value = index === undefined ? undefined : offeredValue(param, listing, index);
    if (value !== undefined) {
      return advance(
        scene,
        {
          ...state,
          listing: { ...listing, chosen: index },
          goal: { ...goal, values: { ...goal.values, [param.name]: value } },
        },
        lead,
      );
    }
    return chooseFrom(scene, state, { listing, goal });
  }
  for (const needed of source.params) {
    if (!needed.required || needed.nullable || fits(needed, goal.listValues[needed.name])) continue;
    if (needed.kind === 'choice' || needed.kind === 'unsupported') {
      return {
        state: { ...state, goal: undefined, asked: { about: 'matter' } },
        plan: { do: 'cannot' },
      };
    }
    return ask(state, { tool: source.name, param: needed.name, lead });
  }
  return call(state, { name: source.name, args: argsOf(source, goal.listValues) });
}

/** Reads the offers and asks which one. */
export function choose(
  state: State,
  listing: Listing,
  lead: 'list' | 'narrow' | 'absent' | 'again',
  among = listing.list.offers,
): Step {
  return {
    state: { ...state, listing, asked: { about: 'choice' } },
    plan: { do: 'choose', listing, among, lead },
  };
}

/** The offer the caller named before the list was there ("thursday at ten thirty"). */
function hinted(scene: Scene, listing: Listing, goal: Goal): number | undefined {
  for (const words of goal.words.toReversed()) {
    const choice = chooseAmong(listing.list.offers, withoutKind(scene, listing, { goal, words }), {
      today: scene.prompt.today,
      hint: true,
    });
    // One offer alone is still the caller's to take.
    if (choice.picked === 'one' && listing.list.offers.length > 1) return choice.index;
  }
  return undefined;
}

/** What is said without what all the offers are: of rooms, "room" names none. */
function withoutKind(
  scene: Scene,
  listing: Listing,
  { goal, words }: { readonly goal: Goal; readonly words: string },
): string {
  const kinds = new Set(
    [listing.tool, goal.tool].flatMap((name) => {
      const tool = toolNamed(scene, name);
      return termsOf(`${name.replaceAll('_', ' ')} ${tool?.description ?? ''}`)
        .filter(({ concept }) => concept === undefined || thingConcepts.has(concept))
        .map(({ stem }) => stem);
    }),
  );
  return words
    .split(/\s+/)
    .filter((word) => !matterTerms(word).some(({ stem }) => kinds.has(stem)))
    .join(' ');
}

/** Reads the offers, those first that the caller's own words left, and asks which one. */
export function chooseFrom(
  scene: Scene,
  state: State,
  { listing, goal }: { readonly listing: Listing; readonly goal: Goal },
): Step {
  const offers = hintedSome(scene, listing, goal) ?? listing.list.offers;
  return choose(state, { ...listing, list: { ...listing.list, offers } }, 'list');
}

/** Some of the offers, when the caller narrowed them down beforehand ("thursday afternoon"). */
function hintedSome(scene: Scene, listing: Listing, goal: Goal): readonly Offer[] | undefined {
  const { list } = listing;
  const said = withoutKind(scene, listing, { goal, words: goal.words.at(-1) ?? '' });
  const choice = chooseAmong(list.offers, said, { today: scene.prompt.today, hint: true });
  if (choice.picked !== 'several' || choice.indexes.length === list.offers.length) return undefined;
  return list.offers.filter((_offer, index) => choice.indexes.includes(index));
}

/** The value an offer holds for a parameter: under its name, a name that ends alike, or the id. */
export function offeredValue(param: Param, listing: Listing, index: number): unknown {
  const offer = listing.list.offers[index] ?? {};
  const keys = Object.keys(offer);
  const key =
    keys.find((name) => name === param.name) ??
    keys.find((name) => param.name.endsWith(`_${name}`) && name !== 'id') ??
    keys.find((name) => name === 'id') ??
    keys.find((name) => name.endsWith('_id')) ??
    (keys.length === 1 ? keys[0] : undefined);
  const value = key === undefined ? undefined : offer[key];
  return fits(param, value) ? value : undefined;
}

/** A tool that says so asks for the yes itself. */
const readsBackItself = /\b(?:reads? (?:it |this )?back|asks? (?:for|to) confirm)/i;

/** The instruction that wants this action confirmed: "before you …, read back … / confirm". */
function confirmationRule(scene: Scene, tool: Tool): string | undefined {
  if (tool.reads || readsBackItself.test(tool.description)) return undefined;
  const [action] = termsOf(tool.name);
  return scene.prompt.sentences.find((sentence) => {
    const before = /\bbefore you ([^,.;]*)/i.exec(sentence)?.[1];
    if (before === undefined || !/\b(?:confirm|read back|make sure|check with)\b/i.test(sentence))
      return false;
    return termsOf(before).some(({ stem }) => stem === action?.stem);
  });
}

/** The lookup, by a code that the goal holds, of what the rule wants read back besides that code. */
function lookupFor(scene: Scene, goal: Goal, rule: string): PastCall | undefined {
  if (
    !/\b(?:read back|say|tell)\b[^.]*\b(?:day|date|time|name|amount|price|details?)\b/i.test(rule)
  )
    return undefined;
  const reader = scene.tools.find((tool) => isLookupFor(tool, goal));
  return reader && { name: reader.name, args: argsOf(reader, goal.values) };
}

/** Whether a tool only reads, and needs nothing but codes that the goal holds. */
export const isLookupFor = (tool: Tool, goal: Goal): boolean =>
  tool.role === 'own' &&
  tool.reads &&
  tool.name !== goal.tool &&
  tool.params.length > 0 &&
  tool.params.every((param) => isDictated(param) && fits(param, goal.values[param.name]));
