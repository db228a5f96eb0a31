import { cardinal } from './numbers.ts';

/** A full stop that also ends the text stays. */
const half = String.raw`(?:\s?(a|p)\.?\s?m\b(?:\.(?!\s*$))?)`;
const range =
  /(\d{1,2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?)\s?(?:-|–|—)\s?(?=\d{1,2}(?::\d{2}|\s?[ap]\.?m\b))/gi;
const clock = new RegExp(
  String.raw`(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?:Z\b)?(?![\d:])${half}?`,
  'gi',
);
const bare = new RegExp(String.raw`(?<![\d:.,])(1[0-2]|[1-9])${half}`, 'gi');

const french = /(?<![\w:.])([01]?\d|2[0-3])h([0-5]\d)(?!\w)/g;
const dotted = /(?<![\d:.])([01]?\d|2[0-3])\.([0-5]\d)\s?(?:(?:hrs?|hours?)\b\.?|(?=[ap]\.?m\b))/g;
const dottedAfter =
  /\b((?:at|by|until|till)\s(?:[01]?\d|2[0-3]))\.([0-5][05])(?![\d.]\d|\d|\s?%)/gi;

/** Letters named in a way the synthesiser cannot read as the article. */
const halves: Readonly<Record<string, string>> = { a: 'ay em', p: 'pee em' };

/** "09:00" → "nine o'clock", "14:30" → "two thirty pee em", "10am" → "ten ay em". */
export function speakTimes(text: string): string {
  return text
    .replace(french, '$1:$2')
    .replace(dotted, '$1:$2')
    .replace(dottedAfter, '$1:$2')
    .replace(range, '$1 to ')
    .replace(clock, (_all: string, hour: string, minute: string, given: string | undefined) =>
      timeWords({ hour: Number(hour), minute: Number(minute), half: given }),
    )
    .replace(
      bare,
      (_all, hour: string, given: string) =>
        `${cardinal(Number(hour))} ${halves[given.toLowerCase()]}`,
    );
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
