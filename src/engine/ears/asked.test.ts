import { expect, it } from 'vitest';
import { answerKindsOf } from './asked.ts';

it.each([
  ['Is that right?', ['confirm']],
  ['I have you down for Thursday at nine. Shall I book it?', ['confirm']],
  ['That is two nights for two guests, correct?', ['confirm']],
  ['Is there anything else I can do for you?', ['confirm']],
  ['Which of the two would you like?', ['choice']],
  ['There is nine or half past ten. Which one suits you?', ['choice']],
  ['What is the number on the bill?', ['number']],
  ['Can you give me the last four digits?', ['confirm', 'number']],
  ['Could you spell that for me, please?', ['confirm', 'letters']],
  ['What is your full name?', ['name']],
  ['Please tell me your full name and your date of birth.', ['date', 'name']],
  ['What day would suit you? Take your time.', ['day']],
  ['And what time?', ['time']],
  ['How much was it?', ['amount']],
  ['You’re all set. Goodbye!', []],
  ['How can I help you?', []],
  ['', []],
])('%j asks for %j', (asked, kinds) => {
  expect(answerKindsOf(asked)).toEqual(kinds);
});
