import { readValue, type Replayed, type Scene, type Values } from './dialogue/index.ts';
import type { MindAct, MindItem } from './port.ts';
import {
  backWordings,
  besidesWordings,
  beyondWordings,
  inviteWordings,
  moreWordings,
  privateWordings,
  resumeWordings,
  sameWordings,
  sootheWordings,
  stillWordings,
  unknownWordings,
  yesOrNoWordings,
} from './phrasing/wordings.ts';
import {
  abilities,
  leadOf,
  offerText,
  paramPhrase,
  pendingText,
  questionText,
  unclearText,
  whichText,
} from './render-questions.ts';
import { chooseText, confirmText, reportText } from './render-results.ts';
import { punctuated, sentences } from './sentences.ts';
import { speechSoFar, type Speech } from './speech.ts';
import { fits, type Tool } from './toolbox.ts';

/** Puts a plan into words and calls: first what is said, then at most one call. */
export function render(replayed: Replayed, items: readonly MindItem[]): MindAct[] {
  const speech = speechSoFar(items);
  const { text: bare, call } = worded(replayed, speech);
  const text = replayed.isResumed ? sentences(speech.fresh(resumeWordings), bare) : bare;
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
      return { text: whichText(plan.tools, scene.tools, speech) };
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
          : speech.fresh(plan.tool.role === 'back' ? backWordings : transferWordings(plan.tool)),
        call: { name: plan.tool.name, args: transferArgs(scene, plan.tool, plan.reason) },
      };
    case 'report': {
      const told = reportText(plan, replayed, speech);
      if (!plan.next) return { text: told };
      const then = worded({ ...replayed, plan: plan.next }, speech);
      const lead = speech.fresh(plan.why === 'paused' ? resumeWordings : besidesWordings);
      return { ...then, text: sentences(told, lead, then.text) };
    }
    case 'fail':
      return {
        text: sentences(
          refusal(plan.sentence, speech),
          plan.ask ? questionText(replayed, plan.ask, speech, false) : speech.fresh(moreWordings),
        ),
      };
    case 'offer':
      return {
        text: sentences(refusal(plan.sentence, speech), offerText(plan.tools, speech)),
      };
    case 'after': {
      const then = worded({ ...replayed, plan: plan.plan }, speech);
      return { ...then, text: sentences(refusal(plan.sentence, speech), then.text) };
    }
    case 'private':
      return {
        text: sentences(speech.fresh(privateWordings), pendingText(replayed, speech)),
      };
    case 'goodbye':
      return {
        text: sentences(
          plan.lead ? punctuated(plan.lead) : '',
          speech.fresh([
            'Thank you for calling. Goodbye.',
            'Goodbye, and have a good day.',
            'Goodbye.',
          ]),
        ),
        ...(plan.end ? { call: { name: plan.end.name, args: {} } } : {}),
      };
    case 'change':
      return {
        text: speech.fresh([
          'All right. What should I change?',
          'What should be different?',
          'Please tell me what is not right.',
        ]),
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
      return {
        text: sentences(
          speech.sparing(punctuated(plan.sentence), speech.fresh(sameWordings)),
          pendingText(replayed, speech),
        ),
      };
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
    case 'say':
      // What is read back must be heard whole whenever it is new; only asking on is varied.
      return {
        text: plan.again
          ? speech.sparing(plan.sentence, speech.fresh(yesOrNoWordings))
          : plan.sentence,
      };
    case 'invite':
      return {
        text: sentences(
          plan.lead ?? '',
          plan.withAbilities ? abilities(replayed, speech) : '',
          speech.fresh(inviteWordings),
        ),
      };
    case 'more':
      return {
        text: sentences(
          {
            thanks: "You're welcome.",
            dropped: 'All right.',
            left: "All right, I'll leave that.",
            '': '',
          }[plan.lead],
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

/** A refusal as it is; one that was heard twice in a row is told in other words. */
const refusal = (sentence: string, speech: Speech): string =>
  speech.sparing(punctuated(sentence), speech.fresh(stillWordings));

const transferWordings = ({ target }: Tool): string[] => [
  `I'll put you through to ${target}.`,
  `Let me bring in ${target} for that.`,
  `I'll pass you to ${target}.`,
  `One moment, ${target} will take care of it.`,
];

/**
 * Fills a transfer's parameters: its reason, what the caller has given of the others, and nothing
 * invented.
 */
function transferArgs(scene: Scene, tool: Tool, reason: string): Values {
  const texts = tool.params.filter(({ schema }) => schema.type === 'string');
  const main = texts.find(({ name }) => name === 'reason') ?? texts[0];
  return Object.fromEntries(
    tool.params.flatMap((param): [string, unknown][] => {
      if (param === main) return [[param.name, reason]];
      const { value } = readValue(scene, param, { text: reason, expected: false });
      if (value !== undefined) return [[param.name, value]];
      if (!param.required) return [];
      if (param.nullable) return [[param.name, null]];
      return param.kind === 'text' && fits(param, reason) ? [[param.name, reason]] : [];
    }),
  );
}
