/**
 * Makes the spoken test files beside this script: `node test/voices/make.ts`.
 *
 * Needs Debian's `flite` and `sox`. The files are committed, so nobody needs to run this unless a
 * sentence changes. The voices are never those the engine speaks with.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWav } from '../../src/audio/index.ts';

const folder = import.meta.dirname;
const rateHz = 16_000;

/** What both main voices say, by the part of the file name after the voice. */
const spokenByBoth: Readonly<Record<string, string>> = {
  'invoice-question': 'hi i have a question about an invoice',
  'invoice-number': "it's one zero four two",
  'invoice-number-other': 'the number is one zero five seven',
  'thanks-then-appointment': "thanks now i'd like to book an appointment for thursday",
  'book-appointment': 'i would like to book an appointment',
  'tomorrow-please': 'tomorrow please',
  'ten-thirty-please': 'ten thirty please',
  'second-one': 'the second one',
  'name-maria-lopez': 'my name is maria lopez',
  'meant-friday': 'no sorry i meant friday',
  'change-booking': 'actually i need to change my booking',
  'yes-please': 'yes please',
  'no-thank-you': 'no thank you',
  goodbye: "that's all thank you goodbye",
  'refund-invoice': 'i want a refund for an invoice',
  'charged-twice': 'it was charged twice',
  'payment-link': 'can you send me a payment link',
  'wait-stop': 'wait stop',
};

/** Variations, each said by one voice. */
const variations: readonly (readonly [voice: string, name: string, text: string])[] = [
  ['awb', 'charge-question', "hello there's a charge on my bill that i don't understand"],
  ['awb', 'cancel-appointment', 'please cancel my appointment'],
  ['awb', 'name-john-smith', "it's john smith"],
  ['awb', 'number-by-letters', 'i n v one zero four two'],
  ['awb', 'next-monday-morning', 'next monday in the morning'],
  ['kal16', 'monday-afternoon', 'do you have anything on monday afternoon'],
  ['kal16', 'name-anna-miller', 'this is anna miller'],
  ['kal16', 'not-that-one', 'no not that one the first one'],
  ['kal16', 'quarter-past-nine', 'quarter past nine would be good'],
  ['kal16', 'speak-to-person', 'can i speak to a person please'],
  ['awb', 'name-jane-miller', 'my name is jane miller'],
  ['awb', 'born-fifth-of-march', 'the fifth of march nineteen eighty two'],
  ['awb', 'born-fifth-of-may', 'the fifth of may nineteen eighty two'],
  ['awb', 'born-ten-years-later', 'the fifth of march nineteen ninety two'],
  ['awb', 'born-october', 'october twenty first nineteen seventy four'],
  ['awb', 'go-back', 'actually go back'],
  ['awb', 'what-about-my-invoice', 'what about my invoice'],
  ['awb', 'need-appointment', 'i need to book an appointment'],
  ['kal16', 'name-robert-wilson', 'my name is robert wilson'],
  ['kal16', 'born-october', 'october twenty first nineteen seventy four'],
  ['kal16', 'call-me-back', 'please call me back'],
  ['kal16', 'phone-number', 'two one two five five five zero one four two'],
  ['kal16', 'tomorrow-morning', 'tomorrow morning'],
  ['kal', 'invoice-question', 'hi i have a question about an invoice'],
  ['kal', 'invoice-number', "it's one zero four two"],
  ['kal', 'book-appointment', 'i would like to book an appointment'],
  ['kal', 'goodbye', "that's all thank you goodbye"],
];

/**
 * Turns with pauses in them, which are one turn each (`/` is a pause), and what was asked before: for
 * finding the end of a turn. They are no measure of words.
 */
const pausing: readonly (readonly [name: string, asked: string, text: string, pauseMs: number])[] =
  [
    ['phone', 'What is your phone number?', 'five five five / one two three / four five six seven', 900],
    [
      'phone-sentence',
      'What number can we call you back on?',
      'my number is / two one two / five five five / zero one four two',
      900,
    ],
    ['invoice', 'What is the invoice number?', "it's one zero / four two", 900],
    ['born', 'What is your date of birth?', 'the fifth of / march / nineteen eighty two', 700],
    ['name', 'Your full name, please?', 'my name is / maria lopez', 800],
    ['spelled', 'Could you spell that?', 's m i / t h', 800],
    ['wish', 'How can I help?', "i'd like to / book an appointment for / thursday", 700],
    ['um', 'How can I help?', 'um / i need to change my booking', 800],
    ['and', 'How can I help?', 'i have a question about my invoice and / i want to pay it', 800],
  ];

/** What people say while another is speaking: sounds of the kind that means "go on", and real interruptions. */
const interjections: readonly (readonly [name: string, words: string, phones?: string])[] = [
  ['mm-hm', 'mm-hm', 'pau m m hh ah m m pau'],
  ['uh-huh', 'uh-huh', 'pau ah hh ah pau'],
  ['yeah', 'yeah'],
  ['okay', 'okay'],
  ['right', 'right'],
  ['i-see', 'i see'],
  ['wait', 'wait'],
  ['no', 'no'],
  ['stop', 'stop'],
  ['hold-on', 'hold on a second'],
  ['something-else', 'i need something else'],
];

/** Speech with 100 ms of silence before and 200 ms after it, peak at −6 dB. */
function speak(voice: string, text: string, file: string, phones?: string): void {
  const words = phones ? ['-p', phones] : ['-t', text];
  execFileSync('flite', ['-voice', voice, ...words, '-o', file + '.tmp']);
  const trim = ['silence', '1', '0.02', '0.2%', 'reverse'];
  execFileSync('sox', [
    ...['-t', 'wav', file + '.tmp', '-b', '16', '-c', '1', '-r', String(rateHz), file],
    ...['gain', '-n', '-6', ...trim, ...trim, 'pad', '0.1', '0.2'],
  ]);
  rmSync(file + '.tmp');
}

/** Phrases with silence between them, so that they are `pauseMs` apart. */
function speakPausing(voice: string, text: string, about: { pauseMs: number; file: string }): void {
  const { pauseMs, file } = about;
  const parts = text.split(' / ').map((phrase, index) => {
    const part = `${file}.${index}.wav`;
    speak(voice, phrase, part);
    return part;
  });
  // Each has 100 ms of silence before it and 200 ms behind it.
  const [first = '', ...rest] = parts;
  const gap = `|sox -n -r ${rateHz} -c 1 -p trim 0 ${(pauseMs - 300) / 1_000}`;
  execFileSync('sox', [first, ...rest.flatMap((part) => [gap, part]), file]);
  for (const part of parts) rmSync(part);
}

/** A cough: a burst of noise that dies away in a quarter of a second, and a weaker one. */
function cough(): Int16Array {
  let state = 7;
  return Int16Array.from({ length: 0.7 * rateHz }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const t = i / rateHz;
    const [since, level] = t > 0.35 ? [t - 0.35, 0.5] : [t - 0.05, 1];
    if (since < 0) return 0;
    return 14_000 * level * (state / 0x3fffffff - 1) * Math.min(1, since * 200) * Math.exp(-since * 18);
  });
}

/** A closed-mouth hum: 120 Hz and falling harmonics, loudness wobbling three times a second. */
function hum(seconds: number): Int16Array {
  return Int16Array.from({ length: seconds * rateHz }, (_, i) => {
    const t = i / rateHz;
    const tone = [1, 0.5, 0.25, 0.12].reduce(
      (sum, level, k) => sum + level * Math.sin(2 * Math.PI * 120 * (k + 1) * t),
      0,
    );
    const fade = Math.min(1, t * 10, (seconds - t) * 10);
    return 4_000 * fade * (0.7 + 0.3 * Math.sin(2 * Math.PI * 3 * t)) * tone;
  });
}

/** Breath into a microphone: smoothed noise that swells and falls every 1.5 s. */
function breath(seconds: number): Int16Array {
  let state = 1;
  let smooth = 0;
  return Int16Array.from({ length: seconds * rateHz }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const white = state / 0x3fffffff - 1;
    smooth += 0.25 * (white - smooth);
    return 3_000 * smooth * Math.sin((Math.PI * i) / rateHz / 1.5) ** 2;
  });
}

const list = join(folder, 'sentences.json');
// Written by this script, in this shape.
const spokenBefore = JSON.parse(readFileSync(list, 'utf8')) as Record<string, { text: string }>;
const sentences: Record<string, { voice: string; text: string }> = {};
const jobs = [
  ...['awb', 'kal16'].flatMap((voice) =>
    Object.entries(spokenByBoth).map(([name, text]) => [voice, name, text] as const),
  ),
  ...variations,
];
for (const [voice, name, text] of jobs) {
  const file = join(folder, `${voice}-${name}.wav`);
  // Sox dithers by chance: a sentence that did not change keeps its very file.
  if (!existsSync(file) || spokenBefore[`${voice}-${name}`]?.text !== text) speak(voice, text, file);
  sentences[`${voice}-${name}`] = { voice, text };
}
writeFileSync(join(folder, 'hum.wav'), writeWav({ rateHz, channels: [hum(4)] }));
writeFileSync(join(folder, 'noise.wav'), writeWav({ rateHz, channels: [breath(4)] }));
writeFileSync(list, JSON.stringify(sentences, null, 2) + '\n');

const turnsFolder = join(folder, 'turns');
mkdirSync(turnsFolder, { recursive: true });
const turns: Record<string, { asked?: string; text: string; pauseMs?: number }> = {};
for (const voice of ['awb', 'kal16']) {
  for (const [name, asked, text, pauseMs] of pausing) {
    const file = join(turnsFolder, `${voice}-${name}.wav`);
    if (!existsSync(file)) speakPausing(voice, text, { pauseMs, file });
    turns[`${voice}-${name}`] = { asked, text, pauseMs };
  }
  for (const [name, text, phones] of interjections) {
    const file = join(turnsFolder, `${voice}-${name}.wav`);
    if (!existsSync(file)) speak(voice, text, file, phones);
    turns[`${voice}-${name}`] = { text };
  }
}
writeFileSync(join(turnsFolder, 'cough.wav'), writeWav({ rateHz, channels: [cough()] }));
writeFileSync(join(turnsFolder, 'turns.json'), JSON.stringify(turns, null, 2) + '\n');
