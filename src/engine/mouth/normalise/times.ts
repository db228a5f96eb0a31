import { cardinal } from './numbers.ts';

const half = String.raw`(?:\s?(a|p)\.?\s?m\b\.?)`;
const range =
  /(\d{1,2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?)\s?(?:-|–|—)\s?(?=\d{1,2}(?::\d{2}|\s?[ap]\.?m\b))/gi;
const clock = new RegExp(
  String.raw`(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:Z\b)?(?![\d:])${half}?`,
  'gi',
);
const bare = new RegExp(String.raw`(?<![\d:.,])(1[0-2]|[1-9])${half}`, 'gi');

/** Letters named in a way the synthesiser cannot read as the article. */
const halves: Readonly<Record<string, string>> = { a: 'ay em', p: 'pee em' };

/** "09:00" → "nine o'clock", "14:30" → "two thirty pee em", "10am" → "ten ay em". */
export function speakTimes(text: string): string {
  return text
    .replace(range, '$1 to ')
    .replace(clock, (all: string, hour: string, minute: string, given: string | undefined) =>
      keepStop(all, timeWords({ hour: Number(hour), minute: Number(minute), half: given })),
    )
    .replace(bare, (all: string, hour: string, given: string) =>
      keepStop(all, `${cardinal(Number(hour))} ${halves[given.toLowerCase()]}`),
    );
}

/** "at 4 p.m." ends a sentence when the pattern has swallowed the only full stop; the pause survives elsewhere. */
function keepStop(found: string, words: string): string {
  return found.endsWith('.') ? `${words}.` : words;
}

function timeWords(time: {
  readonly hour: number;
  readonly minute: number;
  readonly half: string | undefined;
}): string {
  const { hour, minute } = time;
  if (!time.half && hour === 0 && minute === 0) return 'midnight';
  const afternoon = hour > 12 ? 'p' : hour === 0 ? 'a' : undefined;
  const half = time.half?.toLowerCase() ?? afternoon;
  const hourWords = cardinal(hour % 12 === 0 ? 12 : hour % 12);
  const minuteWords =
    minute === 0 ? (half ? '' : " o'clock") : ` ${minute < 10 ? 'oh ' : ''}${cardinal(minute)}`;
  return `${hourWords}${minuteWords}${half ? ` ${halves[half]}` : ''}`;
}
