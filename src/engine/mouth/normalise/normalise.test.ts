import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.ts';

const say = (text: string): string => normalise(text, { thisYear: 2026 });

const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  money: [
    ['$120.00', 'one hundred and twenty dollars'],
    ['It is £7.05.', 'It is seven pounds and five pence.'],
    ['€1', 'one euro'],
    ['£0.01', 'one penny'],
    ['$0.99', 'ninety nine cents'],
    [
      '$1,234.50, due soon',
      'one thousand two hundred and thirty four dollars and fifty cents, due soon',
    ],
    ['-$5', 'minus five dollars'],
    ['120.00 USD', 'one hundred and twenty dollars'],
    ['GBP 15', 'fifteen pounds'],
    ['£2.5m', 'two point five million pounds'],
    ['$0.00', 'zero dollars'],
    ['$1001', 'one thousand and one dollars'],
  ],
  dates: [
    ['2026-12-01', 'December first'],
    ['It is due on 2026-12-01.', 'It is due on December first.'],
    ['2024-02-29', 'February twenty ninth, twenty twenty four'],
    ['Thursday 26 November', 'Thursday the twenty sixth of November'],
    ['Thursday, 26 November 2026', 'Thursday, the twenty sixth of November'],
    ['on the 3rd of May 2031', 'on the third of May, twenty thirty one'],
    ['Dec. 1', 'December first'],
    ['November 22nd, 2026 at noon', 'November twenty second at noon'],
    ['Thu 26 Nov', 'Thursday the twenty sixth of November'],
    ['25/12/2026', 'the twenty fifth of December'],
    ['01/02/2026', 'one, two, twenty twenty six'],
    ['2026-11-26T10:30', 'November twenty sixth, ten thirty'],
    ['2026-11-26 10:30', 'November twenty sixth ten thirty'],
    ['since 2019', 'since twenty nineteen'],
    ['May 10:30 suit you?', 'May ten thirty suit you?'],
    ['You may sit down', 'You may sit down'],
  ],
  times: [
    ['10:30', 'ten thirty'],
    ['09:00', "nine o'clock"],
    ['14:30', 'two thirty pee em'],
    ['13:00', 'one pee em'],
    ['10:05', 'ten oh five'],
    ['9:00 am', 'nine ay em'],
    ['4 p.m. works', 'four pee em works'],
    ['10am', 'ten ay em'],
    ['00:00', 'midnight'],
    ['00:15', 'twelve fifteen ay em'],
    ['12:00', "twelve o'clock"],
    ['9am-5pm', 'nine ay em to five pee em'],
    ['10:00-10:30', "ten o'clock to ten thirty"],
    ['I have 09:00, 10:30 and 14:00.', "I have nine o'clock, ten thirty and two pee em."],
    ['I am 10 amazing', 'I am ten amazing'],
  ],
  identifiers: [
    ['INV-1042', 'I N V, one zero four two'],
    ['GB-20261122-482', 'G B, two zero two six, one one two two, four eight two'],
    [
      'Your reference is GB-20261122-482.',
      'Your reference is G B, two zero two six, one one two two, four eight two.',
    ],
    ['invoice 1042', 'invoice one zero four two'],
    ['invoice number 1042 is open', 'invoice number one zero four two is open'],
    ['INV 1042', 'I N V, one zero four two'],
    ['#1042', 'number one zero four two'],
    ['order #77 of 80', 'order number seven seven of eighty'],
    ['SW1A', 'S W one ay'],
    ['M-A-R-I-A', 'M ay R I ay'],
    ['well-known', 'well known'],
  ],
  contacts: [
    ['maria.lopez@example.com', 'maria dot lopez at example dot com'],
    ['https://example.com/pay?x=1', 'example dot com slash pay'],
    ['020 7946 0958', 'zero two zero, seven nine four six, zero nine five eight'],
    ['+44 20 7946 0958', 'plus four four, two zero, seven nine four six, zero nine five eight'],
    ['(555) 010-1234', 'five five five, zero one zero, one two three four'],
    ['555-0123', 'five five five, zero one two three'],
  ],
  numbers: [
    ['3 slots', 'three slots'],
    ['the 2nd one', 'the second one'],
    ['12.5%', 'twelve point five percent'],
    ['2-3 days', 'two to three days'],
    ['1,200 people', 'one thousand two hundred people'],
    ['0042', 'zero zero four two'],
    ['1234567890', 'one two three, four five six, seven eight nine zero'],
    ['30 mins', 'thirty minutes'],
    ['-5 degrees', 'minus five degrees'],
  ],
  markup: [
    ['**Hello** _there_ 😀!', 'Hello there!'],
    ['# Title\n- one\n- two', 'Title one two'],
    ['[Pay here](https://x.example/a)', 'Pay here'],
    ['It’s fine — really', "It's fine, really"],
    ['Café Zoë', 'Cafe Zoe'],
    ['Dr. Smith & Mrs. Jones', 'doctor Smith and missus Jones'],
    ['and/or', 'and or'],
    ['', ''],
    ['😀 ** --', ''],
    ['...', ''],
  ],
};

for (const [concept, examples] of Object.entries(cases)) {
  describe(concept, () => {
    it.each(examples.map(([text, words]) => [text, words] as const))('%j', (text, words) => {
      expect(say(text)).toBe(words);
    });
  });
}

it('leaves only letters and marks, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(say(text)).toMatch(/^[A-Za-z'.,?! ]*$/);
    }),
  );
});

it('is not slowed down by hostile input as long as a clause', () => {
  const startMs = performance.now();
  for (const piece of ['1', '1-', '1 ', 'A1-', '(1', 'a.', '[', '|-', '1,', '+1 ']) {
    say(piece.repeat(200));
  }
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
