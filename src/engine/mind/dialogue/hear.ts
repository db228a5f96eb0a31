import {
  isBareAnswer,
  isEmptyTalk,
  isNoise,
  plain,
  smallTalk,
  socialOf,
  wordsOf,
  type Social,
} from '../language/index.ts';
import { advance } from './advance.ts';
import { answer } from './answer.ts';
import { startedByValues } from './by-values.ts';
import { fillFrom } from './fill.ts';
import { followUp } from './follow-up.ts';
import { introduces } from './handovers.ts';
import { begin, farewell, summary } from './begin.ts';
import { followMatter, strongerMatter } from './matter.ts';
import { peopleIn } from './people.ts';
import { toolNamed, type Scene, type State, type Step } from './state.ts';
import { namesMatter, understood } from '../intent.ts';
import { wishesIn } from './wishes.ts';
import { fits, isDictated, type Tool } from '../toolbox.ts';
import { correctedTo, pastDateIn, toldIn, yesOrNo } from '../values/index.ts';

/** Below this a transcript is not acted upon. */
const leastConfidence = 0.35;
/** A whole date of birth is acted upon from here on. */
const leastForDates = 0.15;

/** What reached the mind from the caller. */
export interface Heard {
  readonly text: string;
  readonly confidence: number | undefined;
  /** Said to the agent before, and taken up by this one. */
  readonly carried: boolean;
  /** The first that this agent hears of a caller who was handed over. */
  readonly isFirst?: boolean;
}

/** The caller spoke: understand it against what was asked, then against what the tools can do. */
export function hear(scene: Scene, before: State, raw: Heard): Step {
  const heard = { ...raw, text: fluent(raw.text) };
  const social = socialOf(heard.text);
  const { state, plan } = isUnclear(scene, before, { heard, social })
    ? { state: before, plan: { do: 'unclear', count: 1 } as const }
    : understand(
        scene,
        {
          ...before,
          sinceCaller: [],
          ...(introduces(heard.text) && { selfSaid: [heard.text, ...before.selfSaid] }),
          ...(heard.carried ? {} : { given: {} }),
        },
        { heard, social },
      );
  if (plan.do !== 'unclear') return { state: { ...state, unclear: 0 }, plan };
  const unclear = before.unclear + 1;
  return { state: { ...state, unclear }, plan: { do: 'unclear', count: unclear } };
}

/** Without the hesitations between words; alone they stay, to be heard as such. */
const fluent = (text: string): string => {
  const kept = text
    .replaceAll(
      /(?<![\w'])(?:(?:right|ok|okay|well|so)[, ]+)?(?:just )?let me (?:just )?(?:see|look|check|think)(?![\w'])[,.]?\s*(?=\S)/gi,
      '',
    )
    .replaceAll(/(?<![\w'])(?:u+h+|u+m+|e+rm*|h+m+|m{2,})(?![\w'])[,.]?\s*/gi, '')
    .trim();
  return /\w/.test(kept) ? kept : text;
};

function understand(
  scene: Scene,
  state: State,
  about: { readonly heard: Heard; readonly social: Social },
): Step {
  const dictated = dictation(scene, state, about);
  if (dictated) return dictated;
  return besides(scene, state, about) ?? answered(scene, state, about);
}

/** An answer with another wish behind it: the wish is kept for later. */
function besides(
  scene: Scene,
  state: State,
  { heard }: { readonly heard: Heard },
): Step | undefined {
  const { asked, goal } = state;
  if (asked.about !== 'value' && asked.about !== 'choice' && asked.about !== 'confirm')
    return undefined;
  const tool = toolNamed(scene, goal?.tool);
  const param =
    asked.about === 'value' ? tool?.params.find(({ name }) => name === asked.param) : undefined;
  if (!tool || param?.kind === 'text') return undefined;
  const { first, later } = wishesIn(scene, heard.text, tool);
  if (later === '') return undefined;
  const words = state.later === '' ? later : `${state.later}. ${later}`;
  const step = answered(
    scene,
    { ...state, later: words },
    { heard: { ...heard, text: first }, social: socialOf(first) },
  );
  // Only when the first part was an answer.
  const { plan } = step;
  const isNone = plan.do === 'unclear' || (plan.do === 'ask' && plan.again);
  return step.state.goal === undefined || isNone ? undefined : step;
}

function answered(
  scene: Scene,
  state: State,
  about: { readonly heard: Heard; readonly social: Social },
): Step {
  const { heard, social } = about;
  const turned = strongerMatter(scene, state, { text: social.rest, social });
  return (
    socialStep(scene, state, about) ??
    followUp(scene, state, { text: heard.text, social }) ??
    (turned ? undefined : answer(scene, state, { text: heard.text, social })) ??
    startedByValues(scene, state, { text: heard.text, social }) ??
    followMatter(scene, state, {
      text: social.rest,
      said: heard.text,
      social,
      carried: heard.carried,
      isFirst: heard.isFirst ?? false,
    })
  );
}

/** Words that were asked for to be passed on are no wish of this call, whatever they speak of. */
function dictation(
  scene: Scene,
  state: State,
  about: { readonly heard: Heard; readonly social: Social },
): Step | undefined {
  const { asked, goal } = state;
  const { heard, social } = about;
  if (asked.about !== 'value' || goal?.tool !== asked.tool) return undefined;
  const tool = toolNamed(scene, asked.tool);
  const words = heard.text.trim();
  // Asked for anything else about it, who begins "tell them" dictates already.
  const param = tool?.params.find(
    ({ name, verbatim }) =>
      verbatim &&
      (name === asked.param || (goal.values[name] === undefined && toldIn(words) !== undefined)),
  );
  if (!tool || !param || social.drop || social.pause || isEmptyTalk(social.rest)) return undefined;
  if (isBareAnswer(words) || !fits(param, words)) return undefined;
  const known = { ...goal.values, [param.name]: words };
  // A name is said along with it at times.
  const { values } =
    param.name === asked.param
      ? { values: known }
      : fillFrom(scene, tool, { text: words, values: known, overwrite: false });
  return advance(scene, { ...state, goal: { ...goal, values }, asked: { about: 'nothing' } });
}

function isUnclear(
  scene: Scene,
  state: State,
  about: { readonly heard: Heard; readonly social: Social },
): boolean {
  const { heard, social } = about;
  const { text, confidence = 1 } = heard;
  if (wordsOf(text).length === 0) return true;
  if (
    confidence < leastConfidence &&
    !(confidence >= leastForDates && isWholeDate(scene, state, text))
  )
    return true;
  if (social.yes || social.no || social.repeat || social.bye || social.thanks) return false;
  // A single letter or "oh" may answer a question for a code; elsewhere it is noise.
  return isNoise(text) && state.asked.about !== 'value';
}

/** Noise makes no whole date: one that a question is open for is believed sooner. */
const isWholeDate = (scene: Scene, { asked }: State, text: string): boolean =>
  asked.about === 'value' &&
  (toolNamed(scene, asked.tool)?.params.some(({ past }) => past) ?? false) &&
  pastDateIn(text, scene.prompt.today, { expected: false })?.found === 'whole';

function socialStep(
  scene: Scene,
  state: State,
  about: { readonly heard: Heard; readonly social: Social },
): Step | undefined {
  const { heard, social } = about;
  const empty = isEmptyTalk(social.rest);
  if (social.bye && (empty || nothingMeant(scene, social)))
    return farewell(scene, state, heard.text);
  if (social.drop && empty) {
    return {
      state: { ...state, goal: undefined, asked: { about: 'more' } },
      plan: { do: 'more', lead: 'dropped' },
    };
  }
  if (social.prompt) return { state, plan: { do: 'private' } };
  const back = social.back ? wayBack(scene, state, heard.text) : undefined;
  if (back)
    return begin(scene, state, {
      ...{ tool: back, text: heard.text, lead: 'sure' },
      reason: summary(heard.text),
    });
  const people = social.person ? peopleIn(scene) : undefined;
  if (people)
    return begin(scene, state, {
      ...{ tool: people, text: heard.text, lead: 'sure' },
      reason: summary(heard.text),
    });
  const chat = smallTalk(social.rest);
  if (chat && isNothingElse(scene, chat.rest))
    return { state, plan: { do: 'fact', sentence: chat.answer } };
  if (social.machine || social.person) {
    const served = (scene.score(social.rest)[0]?.score ?? 0) >= understood;
    if (!served) return { state, plan: { do: 'machine', forPerson: social.person } };
  }
  if (social.upset && (scene.score(social.rest)[0]?.score ?? 0) < understood)
    return { state, plan: { do: 'soothe' } };
  if (social.misdialled && !goalStands(state)) return farewell(scene, state, heard.text);
  if (social.lacking && state.asked.about === 'value') {
    const { tool, param } = state.asked;
    const wanted = toolNamed(scene, tool)?.params.find(({ name }) => name === param);
    if (wanted && isDictated(wanted))
      return {
        state: { ...state, goal: undefined, withdrawn: state.goal, asked: { about: 'more' } },
        plan: { do: 'without', tool, param },
      };
  }
  if (social.pause) return { state, plan: { do: 'wait' } };
  const taken = takenUp(scene, state, heard.text);
  if (taken) return taken;
  if (!empty) return undefined;
  const before = toolNamed(scene, state.last?.tool);
  if (before && state.asked.about === 'more' && /\b(?:another|one more)\b/i.test(heard.text))
    return begin(scene, state, { tool: before, text: heard.text, reason: '', lead: 'sure' });
  if (social.repeat) return { state, plan: { do: 'repeat' } };
  const { asked } = state;
  if (asked.about === 'value' && social.thanks && !social.no)
    return {
      state,
      plan: { do: 'ask', tool: asked.tool, param: asked.param, lead: '', again: false },
    };
  if (asked.about === 'more' || (asked.about === 'matter' && social.no)) {
    if (social.no) return farewell(scene, state, heard.text);
    if (social.thanks && !/\b(?:yes|yeah|yep)\b/i.test(heard.text))
      return {
        state: { ...state, asked: { about: 'more' } },
        plan: { do: 'more', lead: 'thanks' },
      };
    if (social.yes)
      return {
        state: { ...state, asked: { about: 'matter' } },
        plan: { do: 'invite', withAbilities: false },
      };
  }
  if (asked.about === 'nothing' && state.goal) return advance(scene, state);
  return undefined;
}

/** What had been left is wanted after all: a "no, I meant yes", or the value that was missing. */
function takenUp(scene: Scene, state: State, text: string): Step | undefined {
  const { withdrawn: goal, asked } = state;
  const tool = toolNamed(scene, goal?.tool);
  if (!goal || !tool || (asked.about !== 'more' && asked.about !== 'matter')) return undefined;
  const going: State = { ...state, withdrawn: undefined, asked: { about: 'nothing' } };
  const meant = correctedTo(text);
  if (meant !== undefined && yesOrNo(meant) === true)
    return advance(scene, { ...going, goal: { ...goal, confirmed: false } });
  const missing = tool.params.find(
    (param) => param.required && isDictated(param) && !fits(param, goal.values[param.name]),
  );
  if (!missing) return undefined;
  const { values, changed } = fillFrom(scene, tool, {
    ...{ text, values: goal.values, expected: missing.name, overwrite: false },
  });
  return changed && fits(missing, values[missing.name])
    ? advance(scene, { ...going, goal: { ...goal, values } })
    : undefined;
}

/** The way back: to who is named, else to who had the caller before. */
function wayBack(scene: Scene, state: State, text: string): Tool | undefined {
  const said = plain(text);
  // "Back to the first one" may be an offer.
  if (state.listing && state.asked.about !== 'nothing' && /\b(?:first|last|other) one\b/.test(said))
    return undefined;
  // Who asks for this very agent is there already.
  if (scene.self !== '' && said.includes(`back to ${plain(scene.self)}`)) return undefined;
  const open = scene.tools.filter(({ name }) => !scene.blocked.has(name));
  const names = (tool: Tool): string[] =>
    [tool.target, tool.name.replace(/^.*_to_/, '').replaceAll('_', ' ')].map((name) =>
      plain(name).replace(/^(?:the|our|a) /, ''),
    );
  const transfers = open.filter(({ role }) => role === 'transfer');
  const named = transfers.find((tool) => names(tool).some((name) => said.includes(name)));
  const previous = transfers.find((tool) => names(tool).includes(plain(scene.before)));
  if (named && named !== previous) return named;
  return open.find(({ role }) => role === 'back') ?? previous;
}

const goalStands = ({ goal, asked }: State): boolean =>
  goal !== undefined || asked.about === 'which';

/** Whether what was said besides small talk wants nothing: "today" in "nice weather today". */
const isNothingElse = (scene: Scene, rest: string): boolean =>
  (wordsOf(rest).length <= 2 && !namesMatter(rest)) ||
  ((scene.score(rest)[0]?.score ?? 0) < understood && !scene.answer(rest));

const nothingMeant = (scene: Scene, social: Social): boolean =>
  !social.request && (scene.score(social.rest)[0]?.score ?? 0) < 1.4;
