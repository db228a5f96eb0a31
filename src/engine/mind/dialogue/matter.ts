import { isEmptyTalk, plain, wordsOf, type Social } from '../language/index.ts';
import { margin, matterTerms, namesMatter, understood, type Ranked } from '../intent.ts';
import type { Answered } from '../answering.ts';
import { fits, isDictated, type Tool } from '../toolbox.ts';
import { chooseAmong, timeIn } from '../values/index.ts';
import { advance, ask, choose } from './advance.ts';
import { fillFrom, readValue } from './fill.ts';
import { isCommand } from './handovers.ts';
import { goodbye, refusedForGood, wentOn } from './people.ts';
import {
  toolNamed,
  type Goal,
  type Lead,
  type Scene,
  type State,
  type Step,
  type Values,
} from './state.ts';

/** From here on a matter is plain enough to leave what was being asked. */
const plainMatter = 1.6;

/** The caller's matter in the caller's words, short enough for a reason. */
export function summary(text: string): string {
  const bare = text
    .trim()
    .replace(
      /^(?:(?:hi there|hello there|hi|hello|hey|good (?:morning|afternoon|evening)|um|uh|er|oh|ok|okay|well|so|yes|thanks|thank you|and|now|then|sorry|no)\b(?!')[,.!]?\s*)+/i,
      '',
    )
    .trim();
  return (bare === '' ? text.trim() : bare).slice(0, 300);
}

/** Whether the caller has turned to another matter instead of answering. */
export function strongerMatter(
  scene: Scene,
  state: State,
  about: { readonly text: string; readonly social: Social },
): boolean {
  const { asked, goal } = state;
  if (asked.about === 'matter' || asked.about === 'more' || asked.about === 'which') return false;
  const { social } = about;
  // A bare value while something is read back is no other matter.
  if (asked.about === 'confirm' && !namesMatter(about.text)) return false;
  const [best] = usable(scene, about.text, state);
  if (!best || best.score < plainMatter) return false;
  if (asked.about === 'choice' && state.listing && !social.drop) {
    const { offers } = state.listing.list;
    const [head = ''] = about.text.split(/,|\band\b/);
    const choice = chooseAmong(offers, head, { today: scene.prompt.today });
    if (choice.picked === 'one' && offers.length > 1 && !requesting.test(head)) return false;
  }
  const current = scene.score(about.text).filter(({ tool }) => related(scene, goal?.tool, tool));
  if (current.some(({ score }) => score * 1.3 >= best.score)) return false;
  if (social.request || social.correction) return true;
  if (asked.about !== 'value') return true;
  // A plain answer stays an answer, whatever words it is made of.
  const tool = toolNamed(scene, asked.tool);
  const param = tool?.params.find(({ name }) => name === asked.param);
  if (!param) return true;
  return readValue(scene, param, { text: about.text, expected: true }).value === undefined;
}

/** The goal's own tool and the one that lists for it. */
function related(scene: Scene, goal: string | undefined, tool: Tool): boolean {
  if (tool.name === goal) return true;
  const current = toolNamed(scene, goal);
  return current?.params.some(({ source }) => source === tool.name) ?? false;
}

/** Tools that may be turned to, best first; own ones before a transfer that is hardly better. */
function usable(scene: Scene, text: string, state: State): readonly Ranked[] {
  const ranked = scene
    .score(text)
    .filter(({ tool, score }) => score > 0 && !scene.blocked.has(tool.name));
  const [best] = ranked;
  if (best?.tool.role !== 'transfer') return ranked;
  const own = ranked.find(({ tool }) => tool.role === 'own');
  const close = own && own.score >= understood && own.score >= best.score * 0.9;
  return close && state.asked.about !== 'nothing'
    ? [own, ...ranked.filter((one) => one !== own)]
    : ranked;
}

/** What cannot wait is looked for in the instructions also when it is no question. */
const urgent = /\b(?:emergenc\w*|urgent|bleeding|ambulance)\b/i;

/** Finds what the caller is after and sets about it. */
export function followMatter(
  scene: Scene,
  before: State,
  about: {
    readonly text: string;
    readonly said: string;
    readonly social: Social;
    readonly carried: boolean;
  },
): Step {
  const { social } = about;
  const later = about.carried ? laterWish(scene, about.text) : '';
  const state = about.carried ? { ...before, later } : before;
  const text = later === '' ? about.text : (clausesOf(about.text)[0] ?? about.text);
  // To change what has been done already is a matter of its own.
  const asChange =
    social.correction && state.last && !toolNamed(scene, state.last.tool)?.reads
      ? `${text} change`
      : text;
  const found = usable(scene, asChange, state);
  const own = found.filter(({ tool, score }) => tool.role === 'own' && score >= understood);
  // Who hands over has judged that the matter belongs here.
  const ranked = about.carried && own.length > 0 ? own : found;
  const [best, next] = ranked;
  const told = social.question || urgent.test(text) ? scene.answer(text) : undefined;
  if (told && (best === undefined || best.tool.general || outweighs(told, best)))
    return {
      state: isAnswering(state) ? state : { ...state, asked: { about: 'more' } },
      plan: { do: 'fact', sentence: told.sentence },
    };
  if (!best || best.score < understood) return notUnderstood(scene, state, about);
  if (
    next &&
    next.score >= best.score * (1 - margin) &&
    next.score >= understood &&
    !kin(best.tool, next.tool)
  ) {
    const tools = [best.tool, next.tool];
    const first = firstWish(scene, text, tools);
    if (first)
      return begin(scene, state, { tool: first, text, reason: summary(about.said), lead: 'sure' });
    return {
      state: {
        ...state,
        goal: undefined,
        asked: { about: 'which', tools: tools.map(({ name }) => name), words: text },
      },
      plan: { do: 'which', tools },
    };
  }
  return begin(scene, state, { tool: best.tool, text, reason: summary(about.said), lead: 'sure' });
}

/** Whether the instructions answer a question better than a tool would. */
const outweighs = (told: Answered, { score }: Ranked): boolean =>
  score < 2.2 + 6 * (told.score - 0.6);

/** Of two wishes in one sentence, the one named first. */
function firstWish(scene: Scene, text: string, tools: readonly Tool[]): Tool | undefined {
  const wishes = clausesOf(text).flatMap((clause) => {
    const [top] = scene.score(clause);
    return top && top.score >= understood && tools.includes(top.tool) ? [top.tool] : [];
  });
  return new Set(wishes).size > 1 ? wishes[0] : undefined;
}

/** The parts of what was said first, where it may hold several wishes. */
const clausesOf = (text: string): readonly string[] =>
  text.split(/[.!?]\s/)[0]?.split(/\b(?:and|then|also|plus)\b/) ?? [];

/** A second wish that another agent serves, when the first one is this agent's. */
function laterWish(scene: Scene, text: string): string {
  const [first, ...others] = clausesOf(text);
  const best = (clause: string): Ranked | undefined =>
    scene.score(clause).find(({ score }) => score >= understood);
  if (first === undefined || best(first)?.tool.role !== 'own') return '';
  const later = others.find((clause) => {
    const tool = best(clause)?.tool;
    return tool?.role === 'transfer' && !tool.general;
  });
  return later?.trim().replaceAll(/\bi(?=\b)/g, 'I') ?? '';
}

/** Whether a question of the agent's stands open. */
const isAnswering = ({ asked }: State): boolean =>
  asked.about === 'value' || asked.about === 'choice' || asked.about === 'confirm';

/** A tool and the one it chooses from lead to the same first step; so do two routes to one agent. */
const kin = (a: Tool, b: Tool): boolean =>
  a.params.some(({ source }) => source === b.name) ||
  b.params.some(({ source }) => source === a.name) ||
  a.role !== b.role;

/** Starts on a matter: a transfer at once, a tool with what has been said already. */
export function begin(
  scene: Scene,
  state: State,
  about: {
    readonly tool: Tool;
    readonly text: string;
    readonly reason: string;
    readonly lead: Lead;
  },
): Step {
  const { tool, text } = about;
  if (tool.role === 'transfer' || tool.role === 'back') {
    const refused = refusedForGood(state, tool);
    if (refused !== undefined) return wentOn(scene, state, refused);
    return {
      state: {
        ...state,
        goal: undefined,
        parked: { goal: state.goal, isFarewell: false },
        asked: { about: 'nothing' },
      },
      plan: { do: 'transfer', tool, reason: about.reason, farewell: false },
    };
  }
  const { asked: open, goal: present } = state;
  // Talk of being known is no new matter while that is being found out: what waits for it stays.
  if (tool.verifies && present?.tool === tool.name && open.about === 'value')
    return ask(state, { tool: open.tool, param: open.param, lead: '' });
  const known =
    tool.reads || /\b(?:another|different|other|new)\b/.test(plain(text))
      ? {}
      : knownFor(tool, state.known);
  const { values } = fillFrom(scene, tool, { text, values: {}, overwrite: false });
  // Who is asked something on the caller's behalf is told it in the caller's words.
  const asked = Object.fromEntries(
    tool.params.flatMap(({ name, kind }): [string, unknown][] =>
      kind === 'text' && /^(?:question|query)$/.test(name) ? [[name, summary(text)]] : [],
    ),
  );
  const source = toolNamed(scene, tool.params.find(({ kind }) => kind === 'choice')?.source);
  const listed = state.listing?.tool === source?.name ? state.listing : undefined;
  const listValues = source
    ? fillFrom(scene, source, { text, values: {}, overwrite: false }).values
    : {};
  const sameDay =
    source && Object.keys(listValues).length === 0 ? dayMeant(state, source, text) : {};
  const stale = Object.keys(listValues).some((key) => listed?.args[key] !== listValues[key]);
  const goal: Goal = {
    tool: tool.name,
    values: { ...known, ...givenFor(scene, tool, state.given), ...asked, ...values },
    listValues: {
      ...(source ? givenFor(scene, source, state.given) : {}),
      ...listValues,
      ...sameDay,
    },
    words: [text],
    part: '',
    confirmed: false,
  };
  return advance(
    scene,
    { ...state, goal, listing: stale ? undefined : listed, asked: { about: 'nothing' } },
    about.lead,
  );
}

/** "Move it to ten thirty": the day is the one of what was just spoken of. */
function dayMeant({ recent }: State, source: Tool, text: string): Values {
  if (!recent || !/\b(?:it|that)\b/i.test(text) || timeIn(text, false) === undefined) return {};
  const { facts } = recent;
  return Object.fromEntries(
    source.params.flatMap(({ name, kind }): [string, unknown][] =>
      kind === 'date' && facts[name] !== undefined ? [[name, facts[name]]] : [],
    ),
  );
}

/** Identifiers the caller gave earlier in the call, for the parameters of that name. */
function knownFor(tool: Tool, known: Values): Values {
  return Object.fromEntries(
    tool.params.flatMap((param): [string, unknown][] =>
      isDictated(param) && fits(param, known[param.name]) ? [[param.name, known[param.name]]] : [],
    ),
  );
}

/** What came along with a handover, as far as it is what the parameters of that name take. */
function givenFor(scene: Scene, tool: Tool, given: Values): Values {
  return Object.fromEntries(
    tool.params.flatMap((param): [string, unknown][] => {
      const value = given[param.name];
      if (value === undefined || value === null || /^(?:reason|summary)$/.test(param.name))
        return [];
      if (param.kind === 'choice' || param.kind === 'unsupported') return [];
      if (typeof value === 'string' && isCommand(value)) return [];
      if (fits(param, value)) return [[param.name, value]];
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      const read = readValue(scene, param, { text: `${value}`, expected: true }).value;
      return read === undefined ? [] : [[param.name, read]];
    }),
  );
}

const requesting =
  /\b(?:(?:can|could|may) (?:i|you|we)|i(?:'d| would) like|i (?:want|need|have a)|do you)\b/i;

function notUnderstood(
  scene: Scene,
  state: State,
  about: {
    readonly text: string;
    readonly said: string;
    readonly social: Social;
    readonly carried: boolean;
  },
): Step {
  const { text, social, carried } = about;
  const { asked, goal, listing } = state;
  const general = scene.tools.find(
    ({ role, general: takesAll, name }) =>
      role === 'transfer' && takesAll && !scene.blocked.has(name),
  );
  const answering = isAnswering(state);
  const substance = matterTerms(text).length;
  // "Please" alone asks for nothing new: it goes with any answer.
  const asksForMore = substance > 0 && requesting.test(text);
  if (answering && !asksForMore && social.question && substance > 0 && wordsOf(text).length >= 4)
    return { state, plan: { do: 'cannot', asked: true } };
  if (asked.about === 'value' && social.no && isEmptyTalk(text) && !isOpenYet(scene, state, social))
    return {
      state: { ...state, goal: undefined, asked: { about: 'more' } },
      plan: { do: 'more', lead: 'dropped' },
    };
  if (answering && !asksForMore) {
    if (asked.about === 'value' && goal)
      return ask(state, { tool: asked.tool, param: asked.param, lead: '' });
    if (asked.about === 'choice' && listing) return choose(state, listing, 'again');
    const tool = toolNamed(scene, goal?.tool);
    if (asked.about === 'confirm' && asked.sentence !== undefined)
      return { state, plan: { do: 'say', sentence: asked.sentence, again: true } };
    if (asked.about === 'confirm' && goal && tool)
      return { state, plan: { do: 'confirm', tool, values: goal.values, readBack: goal.readBack } };
  }
  if (asked.about === 'which' && !asksForMore) {
    const tools = asked.tools.flatMap((name) => toolNamed(scene, name) ?? []);
    return { state, plan: { do: 'which', tools } };
  }
  const open: State = { ...state, asked: { about: 'matter' } };
  if (isEmptyTalk(text)) {
    const withAbilities =
      carried || /\b(?:what can|options|help me|how can you)\b/i.test(about.said);
    return { state: open, plan: { do: 'invite', withAbilities } };
  }
  const own = scene.tools.some(({ role }) => role === 'own');
  // Who hands over has judged that the matter belongs here: ask what it is rather than send it on.
  if (carried) {
    return own
      ? { state: open, plan: { do: 'invite', withAbilities: true } }
      : {
          state: { ...state, asked: { about: 'more' } },
          plan: { do: 'cannot', asked: social.question },
        };
  }
  if (substance > 0 && (social.request || social.question)) {
    return general
      ? begin(scene, state, { tool: general, text, reason: summary(about.said), lead: '' })
      : {
          state: { ...state, asked: { about: 'more' } },
          plan: { do: 'cannot', asked: social.question },
        };
  }
  if (substance >= 2) return { state: open, plan: { do: 'invite', withAbilities: true } };
  return { state, plan: { do: 'unclear', count: 1 } };
}

/** "No" to an open question tells nothing: it is asked once more, unless the caller thanks for it. */
function isOpenYet(scene: Scene, { asked }: State, social: Social): boolean {
  if (asked.about !== 'value' || asked.times > 1 || social.thanks) return false;
  const params = toolNamed(scene, asked.tool)?.params ?? [];
  return params.some(({ name, kind }) => name === asked.param && kind === 'text');
}

/** The caller says goodbye: say it too and end the call, or bring the caller to who can. */
export function farewell(scene: Scene, state: State, said: string): Step {
  const done: State = { ...state, goal: undefined, asked: { about: 'nothing' } };
  const end = scene.tools.find(({ role }) => role === 'end');
  const general = scene.tools.find(
    (tool) => tool.role === 'transfer' && tool.general && !scene.blocked.has(tool.name),
  );
  if (!end && general && refusedForGood(state, general) === undefined)
    return {
      state: { ...done, parked: { goal: undefined, isFarewell: true } },
      plan: {
        do: 'transfer',
        tool: general,
        reason: /\bbye\b|goodbye|that's all/i.test(said) ? said.trim() : 'goodbye',
        farewell: true,
      },
    };
  return goodbye(scene, state);
}
