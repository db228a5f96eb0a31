import type { Plan, Replayed, Values } from './dialogue/index.ts';
import { toolNamed } from './dialogue/index.ts';
import type { MindAct, MindItem } from './port.ts';
import {
  abilitiesSentence,
  abilityOf,
  factsSentence,
  listed,
  listSentence,
  nounPhrase,
  participleOf,
  offerLabels,
  questionsFor,
  spokenValue,
} from './phrasing/index.ts';
import {
  moreWordings,
  inviteWordings,
  unclearWordings,
  whichWordings,
  beyondWordings,
  unknownWordings,
  sootheWordings,
} from './phrasing/wordings.ts';
import type { Prompt } from './prompt.ts';
import type { Offer } from './values/index.ts';
import { speechSoFar, type Speech } from './speech.ts';
import type { Tool } from './toolbox.ts';

/** Puts a plan into words and calls: first what is said, then at most one call. */
export function render(replayed: Replayed, items: readonly MindItem[]): MindAct[] {
  const { text, call } = worded(replayed, speechSoFar(items));
  return [
    ...(text === '' ? [] : [{ type: 'say', text } as const]),
    ...(call
      ? [{ type: 'call', name: call.name, arguments: JSON.stringify(call.args) } as const]
      : []),
  ];
}

interface Worded {
  readonly text: string;
  readonly call?: { readonly name: string; readonly args: Values };
}

function worded(replayed: Replayed, speech: Speech): Worded {
  const { plan, scene } = replayed;
  const place = scene.prompt;
  switch (plan.do) {
    case 'open':
      return { text: place.opening ?? 'Hello. How can I help you?' };
    case 'silence':
      return { text: '' };
    case 'ask':
      return {
        text: sentences(
          leadOf(plan, replayed, speech),
          questionText(replayed, plan, speech, plan.again),
        ),
      };
    case 'choose':
      return { text: chooseText(plan, replayed, speech) };
    case 'which':
      return { text: whichText(plan.tools, scene.tools) };
    case 'confirm':
      return { text: confirmText(plan, replayed, speech) };
    case 'call':
      return {
        text: plan.lead === '' ? '' : punctuated(plan.lead),
        call: { name: plan.name, args: plan.args },
      };
    case 'transfer':
      return {
        text: plan.farewell
          ? speech.fresh(['One moment.', 'Thank you.', 'Just a second.'])
          : speech.fresh(transferWordings(plan.tool)),
        call: { name: plan.tool.name, args: transferArgs(plan.tool, plan.reason) },
      };
    case 'report':
      return { text: reportText(plan, replayed, speech) };
    case 'fail':
      return {
        text: sentences(
          punctuated(plan.sentence),
          plan.ask ? questionText(replayed, plan.ask, speech, false) : speech.fresh(moreWordings),
        ),
      };
    case 'goodbye':
      return {
        text: speech.fresh([
          'Thank you for calling. Goodbye.',
          'Goodbye, and have a good day.',
          'Goodbye.',
        ]),
        ...(plan.end ? { call: { name: plan.end.name, args: {} } } : {}),
      };
    case 'unclear':
      return { text: unclearText(plan.count, replayed, speech) };
    case 'cannot':
      return {
        text: sentences(
          speech.fresh(plan.asked ? unknownWordings : beyondWordings),
          ...(/^(?:value|choice|confirm)$/.test(replayed.state.asked.about)
            ? [pendingText(replayed, speech)]
            : [abilities(replayed, speech), speech.fresh(moreWordings)]),
        ),
      };
    case 'fact':
      return { text: sentences(punctuated(plan.sentence), pendingText(replayed, speech)) };
    case 'soothe':
      return { text: sentences(speech.fresh(sootheWordings), pendingText(replayed, speech)) };
    case 'machine':
      return {
        text: sentences(
          plan.forPerson
            ? "I'm an automated assistant, and there is no person I can put you through to."
            : "I'm an automated assistant.",
          pendingText(replayed, speech),
        ),
      };
    case 'without':
      return {
        text: sentences(
          `I'm sorry, I can't do that without ${paramPhrase(replayed, plan)}.`,
          speech.fresh(moreWordings),
        ),
      };
    case 'invite':
      return {
        text: sentences(
          plan.withAbilities ? abilities(replayed, speech) : '',
          speech.fresh(inviteWordings),
        ),
      };
    case 'more':
      return {
        text: sentences(
          { thanks: "You're welcome.", dropped: 'All right.', '': '' }[plan.lead],
          speech.fresh(moreWordings),
        ),
      };
    case 'repeat':
      return { text: speech.last === '' ? 'How can I help you?' : speech.last };
    case 'wait':
      return {
        text: speech.fresh(['Take your time.', 'Of course, take your time.', 'I am listening.']),
      };
    case 'nudge':
      return {
        text: speech.fresh(['Are you still there?', 'Can you hear me?', "I'm still here."]),
      };
  }
}

const transferWordings = ({ target }: Tool): string[] => [
  `I'll put you through to ${target}.`,
  `Let me bring in ${target} for that.`,
  `I'll pass you to ${target}.`,
  `One moment, ${target} will take care of it.`,
];

/** Asks which of two things is wanted; a list is named by what it is made for. */
function whichText(tools: readonly Tool[], all: readonly Tool[]): string {
  if (tools.every(({ role }) => role === 'transfer'))
    return `Would you like ${listed(
      tools.map(({ target }) => target),
      'or',
    )}?`;
  const named = tools.map(
    (tool) =>
      all.find(
        ({ params }) =>
          params.some(({ source }) => source === tool.name) &&
          params.every(({ kind }) => kind !== 'identifier'),
      ) ?? tool,
  );
  return `Do you want me to ${listed(named.map(abilityOf), 'or to')}?`;
}

/** Fills a transfer's parameters: its reason, and nothing invented. */
function transferArgs(tool: Tool, reason: string): Values {
  const [text] = tool.params.filter(({ schema }) => schema.type === 'string');
  return text ? { [text.name]: reason } : {};
}

function questionText(
  replayed: Replayed,
  about: { readonly tool: string; readonly param: string },
  speech: Speech,
  again: boolean,
): string {
  const tool = toolNamed(replayed.scene, about.tool);
  const param = tool?.params.find(({ name }) => name === about.param);
  if (!param) return 'Could you tell me more?';
  const questions = questionsFor(param);
  const [first = ''] = questions;
  if (!again && speech.count(first) < 2) return first;
  return speech.fresh(questions.slice(1));
}

function paramPhrase(
  { scene }: Replayed,
  about: { readonly tool: string; readonly param: string },
): string {
  const tool = toolNamed(scene, about.tool);
  const param = tool?.params.find(({ name }) => name === about.param);
  return param ? nounPhrase(param) : 'that';
}

/** The question that stood before the caller asked something, or whether there is anything else. */
function pendingText(replayed: Replayed, speech: Speech): string {
  const { asked, goal, listing } = replayed.state;
  const tool = toolNamed(replayed.scene, goal?.tool);
  if (asked.about === 'value') return questionText(replayed, asked, speech, false);
  if (asked.about === 'choice' && listing)
    return listing.list.offers.length === 1
      ? 'Would you like that one?'
      : speech.fresh(whichWordings);
  if (asked.about === 'confirm' && goal && tool)
    return speech.fresh([`Do you want me to ${abilityOf(tool)}?`, 'Is that right?']);
  return speech.fresh(asked.about === 'matter' ? inviteWordings : moreWordings);
}

function leadOf(
  plan: Extract<Plan, { do: 'ask' }>,
  { state, takingOver }: Replayed,
  speech: Speech,
): string {
  if (plan.lead === 'part')
    return `I heard ${(state.goal?.part ?? '').replaceAll(/(?<=.)(?=.)/g, ' ')}.`;
  if (plan.again)
    return speech.fresh([
      'Sorry, I did not get that.',
      "I'm sorry, that was not clear to me.",
      'Sorry.',
    ]);
  if (plan.lead === 'sure' || takingOver)
    return speech.fresh(['Sure.', 'Of course.', 'Certainly.', 'Gladly.']);
  return '';
}

function chooseText(
  plan: Extract<Plan, { do: 'choose' }>,
  { scene }: Replayed,
  speech: Speech,
): string {
  const place = scene.prompt;
  const list = { ...plan.listing.list, offers: plan.among };
  const offers = listSentence(list, place);
  const ask =
    plan.among.length === 1
      ? speech.fresh(['Would you like that one?', 'Does that suit you?', 'Shall I take it?'])
      : speech.fresh(whichWordings);
  switch (plan.lead) {
    case 'absent':
      return sentences("I'm sorry, that is not among them.", offers, ask);
    case 'again':
      return sentences(
        speech.fresh([
          "Sorry, I didn't get which one.",
          'I could not tell which one you mean.',
          'Sorry, which one was that?',
        ]),
        offers,
        ask,
      );
    case 'narrow':
      return sentences(
        `There ${plan.among.length === 1 ? 'is' : 'are'} ${listed(offerLabels(plan.among, place).slice(0, 4))}.`,
        ask,
      );
    case 'list':
      return sentences(offers, ask);
  }
}

function confirmText(
  plan: Extract<Plan, { do: 'confirm' }>,
  { scene }: Replayed,
  speech: Speech,
): string {
  const spoken = plan.tool.params.flatMap((param) => {
    const value = plan.values[param.name];
    const text =
      param.kind === 'choice' || param.kind === 'text'
        ? undefined
        : spokenValue(param.name, value, plan.values, scene.prompt);
    return text ?? (param.kind === 'identifier' && typeof value === 'string' ? value : []);
  });
  const ability = abilityOf(plan.tool);
  if (plan.readBack) {
    const verb = ability.split(' ')[0] ?? ability;
    return sentences(
      factsSentence(withoutCodes(plan.readBack, plan.values), scene.prompt),
      speech.fresh([
        `Do you want me to ${verb} it?`,
        `Shall I ${verb} it? Please say yes or no.`,
        `I would now ${verb} it. Yes or no?`,
      ]),
    );
  }
  const [only] = spoken;
  // "cancel an order" and its number read best as one.
  const joined =
    only !== undefined && spoken.length === 1
      ? ability.replace(/\ban? ([a-z]+)$/, `$1 ${only}`)
      : ability;
  const what = joined === ability && spoken.length > 0 ? `${ability}: ${listed(spoken)}` : joined;
  return speech.fresh([
    `You want me to ${what}. Is that right?`,
    `Shall I ${what}? Please say yes or no.`,
    `I would now ${what}. Yes or no?`,
  ]);
}

function reportText(
  plan: Extract<Plan, { do: 'report' }>,
  { scene, state }: Replayed,
  speech: Speech,
): string {
  const place = scene.prompt;
  const { outcome } = plan;
  const { asked } = state;
  const next =
    asked.about === 'value'
      ? questionText({ scene, state, plan, takingOver: false }, asked, speech, false)
      : plan.later
        ? `You also said: ${plan.later}. Shall we do that now?`
        : speech.fresh(moreWordings);
  const participle = plan.wrote ? participleOf(plan.by ?? '') : '';
  const given = state.last?.values ?? {};
  switch (outcome.kind) {
    case 'sentence':
      return sentences(punctuated(outcome.text), next);
    case 'facts':
      return sentences(...told(outcome.facts, { participle, given, place }), next);
    case 'list':
      return sentences(plan.wrote ? 'Done.' : '', listSentence(outcome, place), next);
    case 'nothing':
      return sentences(plan.wrote ? 'Done.' : 'That gave no answer.', next);
    case 'error':
      return sentences(punctuated(outcome.sentence), next);
  }
}

/** What a tool's facts come to; "Done." unless the sentence itself says what was done. */
function told(
  facts: Offer,
  about: { readonly participle: string; readonly given: Values; readonly place: Prompt },
): string[] {
  const { participle, given, place } = about;
  const sentence = factsSentence(withoutCodes(facts, given, participle !== ''), place, participle);
  const saysIt = participle === '' || new RegExp(`\\b${participle}\\b`).test(sentence);
  return [saysIt ? '' : 'Done.', sentence];
}

/** Facts without the codes (and ids, of an action) that the caller gave, where something else is left to tell. */
function withoutCodes(facts: Offer, given: Values, ids = false): Offer {
  const code = ids
    ? /(?:^|_)(?:reference|ref|code|number|id)$/
    : /(?:^|_)(?:reference|ref|code|number)$/;
  const kept = Object.entries(facts).filter(
    ([key, value]) => !code.test(key) || value !== given[key],
  );
  return kept.length === 0 ? facts : Object.fromEntries(kept);
}

/** What the tools can do, unless that has been said often enough. */
function abilities({ scene }: Replayed, speech: Speech): string {
  return sparing(speech, abilitiesSentence(scene.tools));
}

/** A sentence, unless it has been said often enough. */
const sparing = (speech: Speech, sentence: string): string =>
  speech.count(sentence) < 2 ? sentence : '';

function unclearText(count: number, replayed: Replayed, speech: Speech): string {
  const { state } = replayed;
  const sorry = speech.fresh(unclearWordings);
  if (count >= 3)
    return sentences(
      sorry,
      abilities(replayed, speech),
      sparing(speech, speech.fresh(inviteWordings)),
    );
  const { asked, listing } = state;
  if (asked.about === 'value')
    return sentences(sorry, questionText(replayed, asked, speech, false));
  if (asked.about === 'choice' && listing) return sentences(sorry, speech.fresh(whichWordings));
  return count === 2 ? sentences(sorry, sparing(speech, speech.fresh(inviteWordings))) : sorry;
}

const punctuated = (text: string): string =>
  /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
const sentences = (...texts: readonly string[]): string =>
  texts.filter((text) => text !== '').join(' ');
