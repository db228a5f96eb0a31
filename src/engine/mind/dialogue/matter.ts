import type { Answered } from '../answering.ts';
import {
  margin,
  matterTerms,
  namesMatter,
  understood,
  understoodHere,
  type Ranked,
} from '../intent.ts';
import { isEmptyTalk, wordsOf, type Social } from '../language/index.ts';
import type { Tool } from '../toolbox.ts';
import { chooseAmong } from '../values/index.ts';
import { ask, choose } from './advance.ts';
import { begin, summary } from './begin.ts';
import { countShaped } from './by-values.ts';
import { readValue } from './fill.ts';
import { toolNamed, type Scene, type State, type Step } from './state.ts';
import { leftFor, wishesIn } from './wishes.ts';

/** From here on a matter is plain enough to leave what was being asked. */
const plainMatter = 1.6;

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
  // Nor is what somebody says they are called, whatever words the ears make of it.
  if (asked.about === 'confirm' && calledSo.test(about.text)) return false;
  const isAsking = social.question || wondering.test(about.text);
  const told = isAsking ? scene.answer(about.text) : undefined;
  if (told?.isFitting && told.score >= sureAnswer && asked.about === 'value') return true;
  const [best] = usable(scene, about.text, state);
  if (!best || best.score < plainMatter) return false;
  if (asked.about === 'choice' && state.listing && !social.drop) {
    const { offers } = state.listing.list;
    const [head = ''] = about.text.split(/,|\band\b/);
    const choice = chooseAmong(offers, head, { today: scene.prompt.today });
    const { tool: listed } = state.listing;
    const takes = usable(scene, about.text, state).some(
      ({ tool, score }) =>
        score >= best.score * nearlyAsMuch && tool.params.some(({ source }) => source === listed),
    );
    if (choice.picked === 'one' && (takes || (offers.length > 1 && !requesting.test(head))))
      return false;
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

const calledSo = /\bname(?:'s| is| was)\b/i;

/** So much of the best score is enough for what takes one of the things that were read. */
const nearlyAsMuch = 0.6;

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
  const close = own && own.score >= understood && own.score >= best.score * 0.97;
  return close && state.asked.about !== 'nothing'
    ? [own, ...ranked.filter((one) => one !== own)]
    : ranked;
}

/** From here on a question is plainly one that the instructions answer. */
const sureAnswer = 1.1;
/** A question behind other words: "roughly how long …". */
const wondering =
  /\bhow (?:long|much|many|far|often|soon|late|early|big|old)\b|\bwhat(?:'s| is| are| do| does| time| day)\b|^(?:\w+ ){0,4}?(?:do|does|is|are) (?:you|there|the|your|it|they|we)\b/i;
/** From here on an answer is given though nothing was asked. */
const plainlyTold = 0.7;

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
    readonly isFirst: boolean;
  },
): Step {
  const { social } = about;
  const wishes = wishesIn(scene, about.text);
  // Who is handed over brings all the wishes along.
  const [leading] = wishes.later === '' ? [] : scene.score(wishes.first);
  const isHere = leading?.tool.role === 'own';
  const state: State = { ...before, later: isHere ? wishes.later : before.later };
  const text = wishes.later === '' ? about.text : wishes.first;
  // To change what has been done already is a matter of its own.
  const asChange =
    social.correction && state.last && !toolNamed(scene, state.last.tool)?.reads
      ? `${text} change`
      : text;
  const found = usable(scene, asChange, state);
  // Who hands over has judged that the matter belongs here: less will do to know which one it is.
  const enough = about.carried || about.isFirst ? understoodHere : understood;
  const own = found.filter(
    // Who is calling is found out where it must be known: of itself hardly anybody wants that.
    ({ tool, score }) => tool.role === 'own' && score >= (tool.verifies ? understood : enough),
  );
  const isElsewhere =
    about.isFirst && (found[0]?.score ?? 0) > Math.max(understood, (own[0]?.score ?? 0) * farAhead);
  const ranked = (about.carried || about.isFirst) && !isElsewhere && own.length > 0 ? own : found;
  const [top, next] = ranked;
  const isClose = top && next && next.score >= top.score * (1 - margin) && next.score >= enough;
  // What is free is looked up before it is taken.
  const best = isClose && readsFor(next.tool, top.tool) ? next : top;
  const isAsking = social.question || urgent.test(text) || wondering.test(text);
  const isLost = !best || best.score < enough;
  // What no tool is for may be told of all the same: "i've got old ones to give away".
  const told = isAsking || isLost ? scene.answer(text) : undefined;
  const isSure =
    isAsking || (told !== undefined && told.score >= plainlyTold && !isAnswering(state));
  if (told && isSure && (best === undefined || best.tool.general || outweighs(told, best, text)))
    return {
      state: isAnswering(state) ? state : { ...state, asked: { about: 'more' } },
      plan: { do: 'fact', sentence: told.sentence },
    };
  if (!best || best.score < enough) return notUnderstood(scene, state, about);
  // What both choose from is a beginning of either.
  const lists = isClose
    ? sourcesOf(top.tool).filter((name) => sourcesOf(next.tool).includes(name))
    : [];
  const looking =
    isClose && about.carried
      ? toolNamed(scene, lists[0] ?? sourcesOf(top.tool)[0] ?? sourcesOf(next.tool)[0])
      : undefined;
  if (looking && !kin(top?.tool ?? looking, next?.tool ?? looking))
    return begin(scene, state, { tool: looking, text, reason: summary(about.said), lead: 'sure' });
  if (isClose && !kin(top.tool, next.tool)) {
    const tools = [top.tool, next.tool];
    return {
      state: {
        ...state,
        goal: undefined,
        asked: { about: 'which', tools: tools.map(({ name }) => name), words: text },
      },
      plan: { do: 'which', tools },
    };
  }
  const left = social.correction || social.drop ? undefined : leftFor(state, best.tool.name);
  return begin(scene, best.tool.role === 'own' && left ? { ...state, paused: left } : state, {
    ...{ tool: best.tool, text },
    ...{ reason: summary(about.said), lead: 'sure' },
  });
}

/** By how much another agent must be ahead to have the first words after a handover. */
const farAhead = 1.6;

/** Whether the instructions answer a question better than a tool would. */
const outweighs = (told: Answered, { score }: Ranked, text: string): boolean =>
  score < (told.isFitting || instructed.test(text) ? 6 : 2.2) + 6 * (told.score - 0.6);

/** Who asks how something is done means to do it. */
const instructed =
  /\b(?:how (?:do|can|should|would) (?:i|we)|what (?:happens|do i do) (?:if|when)|what (?:do|should|must) (?:i|we)|(?:do|must|should) (?:i|we) (?:have|need) to|(?:know|hear|tell me|ask|information|info) (?:(?:a bit |a little )?more )?(?:about|on)|(?:will|do|can|would) (?:i|we) .* if (?:i|we|my|it)\b)/i;

/** Whether a question of the agent's stands open. */
const isAnswering = ({ asked }: State): boolean =>
  asked.about === 'value' || asked.about === 'choice' || asked.about === 'confirm';

/**
 * A tool and the one it chooses from lead to the same first step; so do two routes to one agent.
 * Who is calling is found out where it must be known, and is nobody's wish.
 */
const kin = (a: Tool, b: Tool): boolean =>
  a.params.some(({ source }) => source === b.name) ||
  b.params.some(({ source }) => source === a.name) ||
  a.role !== b.role ||
  a.verifies !== b.verifies ||
  readsFor(a, b) ||
  readsFor(b, a);

const sourcesOf = ({ params }: Tool): string[] => params.flatMap(({ source }) => source ?? []);

/** Whether a tool looks up, by the same day and other values, what another one does. */
const readsFor = (a: Tool, b: Tool): boolean => {
  const needed = a.params.filter(({ required }) => required);
  return (
    a.reads &&
    !b.reads &&
    needed.some(({ kind, past }) => kind === 'date' && !past) &&
    needed.every(({ name, kind }) =>
      b.params.some((param) => param.name === name && param.kind === kind),
    )
  );
};

/** How often the same choice is put to the caller again. */
const mostWhich = 2;

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
    if (asked.about === 'choice' && listing) {
      const again = (asked.again ?? 0) + 1;
      if (again > mostWhich)
        return {
          state: { ...state, goal: undefined, asked: { about: 'matter' } },
          plan: { do: 'invite', withAbilities: true },
        };
      const step = choose(state, listing, 'again');
      return { ...step, state: { ...step.state, asked: { about: 'choice', again } } };
    }
    const tool = toolNamed(scene, goal?.tool);
    if (asked.about === 'confirm' && asked.sentence !== undefined)
      return { state, plan: { do: 'say', sentence: asked.sentence, again: true } };
    if (asked.about === 'confirm' && goal && tool)
      return { state, plan: { do: 'confirm', tool, values: goal.values, readBack: goal.readBack } };
  }
  if (asked.about === 'which' && !asksForMore) {
    const tools = asked.tools.flatMap((name) => toolNamed(scene, name) ?? []);
    const again = (asked.again ?? 0) + 1;
    if (again > mostWhich)
      return {
        state: { ...state, asked: { about: 'matter' } },
        plan: { do: 'invite', withAbilities: true },
      };
    return { state: { ...state, asked: { ...asked, again } }, plan: { do: 'which', tools } };
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
  const own1 = likelyHere(scene, state, text);
  if (own1 && !social.question)
    return begin(scene, state, { tool: own1, text, reason: summary(about.said), lead: 'sure' });
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

/** What is hardly named, but takes a value that was said, and is ahead of all others. */
function likelyHere(scene: Scene, state: State, text: string): Tool | undefined {
  const [top, next] = usable(scene, text, state);
  if (top?.tool.role !== 'own' || top.tool.notes || top.tool.verifies) return undefined;
  if (top.score < understoodHere || top.score < (next?.score ?? 0) * ahead) return undefined;
  return countShaped(scene, top.tool, text) > 0 ? top.tool : undefined;
}
const ahead = 1.4;

/** "No" to an open question tells nothing: it is asked once more, unless the caller thanks for it. */
function isOpenYet(scene: Scene, { asked }: State, social: Social): boolean {
  if (asked.about !== 'value' || asked.times > 1 || social.thanks) return false;
  const params = toolNamed(scene, asked.tool)?.params ?? [];
  return params.some(({ name, kind }) => name === asked.param && kind === 'text');
}
