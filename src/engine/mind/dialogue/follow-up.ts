import { matterTerms } from '../intent.ts';
import { plain, stem, termsOf } from '../language/index.ts';
import { identifierIn, type Offer } from '../values/index.ts';
import { toolNamed, type Said, type Scene, type State, type Step } from './state.ts';

/** What a question about a result may be after, and the keys that hold it. */
const wanted: readonly (readonly [RegExp, RegExp])[] = [
  [/\bwhen\b|\b(?:what|which) (?:time|day|date)\b/, /(?:^|_)(?:date|day|time)$|_at$|^starts?/],
  [/\bhow much\b|\bwhat (?:amount|sum)\b/, /(?:^|_)(?:amount|total|price|cost|fee|balance)(?:_|$)/],
  [/\bwhat(?:'s| is| was)? .*\bfor\b/, /^(?:description|purpose)$/],
  [/\b(?:reference|number|code)\b/, /(?:^|_)(?:reference|ref|number|code|id)$/],
  [/\bname\b|\bwhose\b/, /(?:^|_)name$/],
  [/\b(?:status|paid|unpaid|settled|confirmed|booked|cancelled|canceled)\b/, /^(?:status|state)$/],
];

/**
 * Answers a question about the result told last ("what was the reference again") from that result.
 *
 * Undefined when the question holds anything that the result and its tool do not explain: it is then
 * about something else.
 */
export function followUp(scene: Scene, state: State, { text, social }: Said): Step | undefined {
  const { recent, asked } = state;
  if (!recent || asked.about === 'value' || asked.about === 'choice' || asked.about === 'confirm')
    return undefined;
  const said = plain(text);
  if (!social.question && !/\b(?:again|remind me|repeat|tell me)\b/.test(said)) return undefined;
  if (namesAnother(scene, recent.facts, text)) return undefined;
  const keys = keysAskedFor(recent.facts, said);
  if (keys.length === 0 || !explained(scene, recent, text)) return undefined;
  const subject = Object.keys(recent.facts).filter(
    (key) => keys.some((one) => /^(?:description|purpose)$/.test(one)) && /(?:^|_)id$/.test(key),
  );
  const facts = Object.fromEntries(
    Object.entries(recent.facts).filter(([key]) => keys.includes(key) || subject.includes(key)),
  );
  return {
    state: { ...state, goal: undefined, asked: { about: 'more' } },
    plan: { do: 'report', outcome: { kind: 'facts', facts }, wrote: false },
  };
}

/** Another number is another question. */
const namesAnother = (scene: Scene, facts: Offer, text: string): boolean =>
  scene.tools.some(({ params }) =>
    params.some(({ kind, pattern }) => {
      if (kind !== 'identifier' || !pattern) return false;
      const heard = identifierIn(text, pattern);
      return heard.found === 'whole' && !Object.values(facts).includes(heard.value);
    }),
  );

function keysAskedFor(facts: Offer, said: string): string[] {
  const words = new Set(termsOf(said).map((term) => term.stem));
  const patterns = wanted.filter(([question]) => question.test(said)).map(([, key]) => key);
  return Object.keys(facts).filter(
    (key) =>
      patterns.some((pattern) => pattern.test(key)) ||
      key.split('_').some((part) => words.has(stem(part))),
  );
}

/** Whether every word of substance belongs to the result or to what its tool is about. */
function explained(
  scene: Scene,
  recent: { readonly tool: string; readonly facts: Offer },
  text: string,
): boolean {
  const tool = toolNamed(scene, recent.tool);
  const about = [
    tool?.name ?? '',
    tool?.description ?? '',
    ...Object.keys(recent.facts),
    ...Object.values(recent.facts).map(String),
    'time date due owe cost paid unpaid remind status whose settled confirmed',
  ].join(' ');
  const known = new Set(termsOf(about).map((term) => term.stem));
  return matterTerms(text).every((term) => known.has(term.stem) || isFrame(term.word));
}

const isFrame = (word: string): boolean => /^(?:when|much|long|exactly|remember)$/.test(word);
