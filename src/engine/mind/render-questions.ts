import type { Plan, Replayed } from './dialogue/index.ts';
import { toolNamed } from './dialogue/index.ts';
import {
  abilitiesSentence,
  abilityOf,
  listed,
  nounPhrase,
  questionsFor,
} from './phrasing/index.ts';
import {
  inviteWordings,
  moreWordings,
  unclearWordings,
  yesOrNoWordings,
  whichWordings,
} from './phrasing/wordings.ts';
import { sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import type { Tool } from './toolbox.ts';

/** Asks which of two things is wanted; a list is named by what it is made for. */
export function whichText(tools: readonly Tool[], all: readonly Tool[], speech: Speech): string {
  if (tools.every(({ role }) => role === 'transfer')) {
    const targets = listed(
      tools.map(({ target }) => target),
      'or',
    );
    return speech.fresh([
      `Would you like ${targets}?`,
      `Which one is it: ${targets}?`,
      `I can put you through to ${targets}. Which one?`,
    ]);
  }
  const named = tools.map(
    (tool) =>
      all.find(
        ({ params }) =>
          params.some(({ source }) => source === tool.name) &&
          params.every(({ kind }) => kind !== 'identifier'),
      ) ?? tool,
  );
  const ways = named.map(insteadOf);
  return speech.fresh([
    `Do you want me to ${listed(ways, 'or to')}?`,
    `Shall I ${listed(ways, 'or')}? You can say the first or the second.`,
    `I was not sure which one you meant: to ${listed(ways, 'or to')}?`,
  ]);
}

/** Offers what can be done instead: "I can arrange a callback or take a message." */
export function offerText(tools: readonly Tool[], speech: Speech): string {
  const ask = tools.length === 1 ? 'Would you like that?' : speech.fresh(whichWordings);
  return sentences(`I can ${listed(tools.map(insteadOf), 'or')}.`, ask);
}

/** Two things that desks have everywhere read better in words of their own. */
const insteadOf = (tool: Tool): string =>
  tool.name === 'request_callback'
    ? 'arrange a callback'
    : tool.name === 'leave_message'
      ? 'take a message'
      : abilityOf(tool);

/** The question for a value, in a wording that has not been used up. */
export function questionText(
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

/** What a value is called. */
export function paramPhrase(
  { scene }: Replayed,
  about: { readonly tool: string; readonly param: string },
): string {
  const tool = toolNamed(scene, about.tool);
  const param = tool?.params.find(({ name }) => name === about.param);
  return param ? nounPhrase(param) : 'that';
}

/** The question that stood before the caller asked something, or whether there is anything else. */
export function pendingText(replayed: Replayed, speech: Speech): string {
  const { asked, goal, listing } = replayed.state;
  const tool = toolNamed(replayed.scene, goal?.tool);
  if (asked.about === 'value') return questionText(replayed, asked, speech, false);
  if (asked.about === 'choice' && listing)
    return listing.list.offers.length === 1
      ? 'Would you like that one?'
      : speech.fresh(whichWordings);
  if (asked.about === 'confirm' && asked.sentence !== undefined)
    return speech.sparing(asked.sentence, speech.fresh(yesOrNoWordings));
  if (asked.about === 'confirm' && goal && tool)
    return speech.fresh([`Do you want me to ${abilityOf(tool)}?`, 'Is that right?']);
  return speech.fresh(asked.about === 'matter' ? inviteWordings : moreWordings);
}

const pastParam = (
  scene: Replayed['scene'],
  about: { readonly tool: string; readonly param: string },
): boolean =>
  toolNamed(scene, about.tool)?.params.some(({ name, past }) => past && name === about.param) ??
  false;

/** What a question begins with. */
export function leadOf(
  plan: Extract<Plan, { do: 'ask' }>,
  { scene, state, takingOver, isResumed }: Replayed,
  speech: Speech,
): string {
  if (plan.lead === 'part' && pastParam(scene, plan)) return 'I need the year, too.';
  const kind = toolNamed(scene, plan.tool)?.params.find(({ name }) => name === plan.param)?.kind;
  if (plan.lead === 'part' && kind === 'moment')
    return 'Thank you. I need both the day and the time.';
  if (plan.lead === 'part')
    return `I heard ${(state.goal?.part ?? '').replaceAll(/(?<=.)(?=.)/g, ' ')}.`;
  if (plan.again)
    return speech.fresh([
      'Sorry, I did not get that.',
      "I'm sorry, that was not clear to me.",
      'Sorry.',
    ]);
  if (isResumed) return '';
  if (plan.lead === 'sure' || takingOver)
    return speech.fresh(['Sure.', 'Of course.', 'Certainly.', 'Gladly.']);
  return '';
}

/** What the tools can do, unless that has been said often enough. */
export function abilities({ scene }: Replayed, speech: Speech): string {
  return sparing(speech, abilitiesSentence(scene.tools));
}

/** A sentence, unless it has been said often enough. */
const sparing = (speech: Speech, sentence: string): string =>
  speech.count(sentence) < 2 ? sentence : '';

/** Says that nothing was understood, and what was asked. */
export function unclearText(count: number, replayed: Replayed, speech: Speech): string {
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
