import type { Plan, Replayed, Values } from './dialogue/index.ts';
import {
  abilityOf,
  factsSentence,
  joinedLabels,
  listed,
  listSentence,
  offerLabels,
  participleOf,
  spokenValue,
} from './phrasing/index.ts';
import { moreWordings, whichWordings } from './phrasing/wordings.ts';
import type { Prompt } from './prompt.ts';
import { questionText } from './render-questions.ts';
import { punctuated, sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { isDictated } from './toolbox.ts';
import type { Offer } from './values/index.ts';

/** Reads offers and asks which one. */
export function chooseText(
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
        `There ${plan.among.length === 1 ? 'is' : 'are'} ${joinedLabels(offerLabels(plan.among, place).slice(0, 4))}.`,
        ask,
      );
    case 'list':
      return sentences(offers, ask);
  }
}

/** Reads back what is about to be done. */
export function confirmText(
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
    return text ?? (isDictated(param) && typeof value === 'string' ? value : []);
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

/** Tells what a tool returned, then what comes next. */
export function reportText(
  plan: Extract<Plan, { do: 'report' }>,
  { scene, state }: Replayed,
  speech: Speech,
): string {
  const place = scene.prompt;
  const { outcome } = plan;
  const { asked } = state;
  const next = plan.next
    ? ''
    : asked.about === 'value'
      ? questionText(
          { scene, state, plan, takingOver: false, isResumed: false },
          asked,
          speech,
          false,
        )
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
    case 'noted':
      return sentences(`I have noted your ${outcome.what.replaceAll('_', ' ')}.`, next);
    case 'error':
    case 'confirm':
      return sentences(punctuated(outcome.sentence), next);
    case 'verified':
    case 'handover':
      return next;
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
    : /(?:^|_)(?:reference|ref|code|number)$/; // Of an action, what the caller has said is no news, but for what makes its sentence.
  const told =
    /(?:^|_)(?:name|date|day|time|amount|total|price)$|_at$|^(?:status|state|start|new_start|currency)/;
  const kept = Object.entries(facts).filter(
    ([key, value]) => value !== given[key] || (!code.test(key) && (!ids || told.test(key))),
  );
  return kept.length === 0 ? facts : Object.fromEntries(kept);
}
