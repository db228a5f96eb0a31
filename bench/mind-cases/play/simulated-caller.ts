import type { CallerCase, Reply } from '../case.ts';

const goodbye = "no that's all thank you bye";
const isAnythingElse =
  /(?:anything|something) else(?: (?:i|we) can| today| for you|[?.]|$)|what else can/i;
const isCheck =
  /^(?:shall|should|is that|was that|did you|do you mean|have i got|so\b)|(?:right|correct)\?$/i;

/** The last question of what was said; without one, the last sentence. */
export function questionIn(said: readonly string[]): {
  readonly text: string;
  readonly isAsked: boolean;
} {
  const sentences = said.join(' ').split(/(?<=[.!?])\s+/);
  const asked = sentences.findLast((sentence) => sentence.trimEnd().endsWith('?'));
  return { text: asked ?? sentences.at(-1) ?? '', isAsked: asked !== undefined };
}

/** What a caller who knows these facts answers; a check of something heard is agreed to. */
export function replyTo(said: readonly string[], facts: readonly Reply[]): string | undefined {
  const question = questionIn(said);
  const known = facts.find(([asked]) => asked.test(question.text));
  if (known || !question.isAsked) return known?.[1];
  if (isCheck.test(question.text)) return 'yes';
  return facts.find(([asked]) => asked.test(said.join(' ')))?.[1];
}

/** A caller with a goal: says what they came for, answers what they are asked, and goes on from there. */
export function simulatedCaller(goal: CallerCase) {
  const more = [...goal.more];
  let matter = goal.opening;
  let lost = 0;
  let isLeaving = false;

  const next = (): string => {
    matter = more.shift() ?? goodbye;
    isLeaving = matter === goodbye;
    return isLeaving ? goodbye : matter;
  };
  return {
    /** What they say first. */
    opening: goal.opening,
    /** What they say to what was said. */
    hears(said: readonly string[]): string {
      const { text, isAsked } = questionIn(said);
      if (isLeaving) return 'no thanks bye';
      if (isAnythingElse.test(text)) return next();
      const reply = replyTo(said, goal.facts);
      if (reply !== undefined) {
        const raised = more.indexOf(reply);
        if (raised >= 0) more.splice(raised, 1);
        return reply;
      }
      if (!isAsked) return next();
      // Asked something they have no answer to, they say again what they came for, then give up.
      lost += 1;
      return lost > 2 ? next() : matter;
    },
  };
}
