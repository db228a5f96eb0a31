import { expect, it } from 'vitest';
import { readTools } from '../toolbox.ts';
import { abilityOf, questionsFor } from './questions.ts';

const firstQuestion = (name: string, schema: object): string | undefined => {
  const [tool] = readTools([
    { name: 'do_it', description: '', parameters: { properties: { [name]: schema } } },
  ]);
  const param = tool?.params[0];
  return param && questionsFor(param)[0];
};

it.each([
  [
    'order_id',
    { type: 'string', pattern: '^A$', description: 'The order number: four digits' },
    'What is the order number?',
  ],
  [
    'reason',
    { type: 'string', description: "Reason for the return, in the caller's words" },
    'What is the reason for the return?',
  ],
  [
    'why',
    { type: 'string', description: 'Why the caller wants the money back' },
    'Can you tell me why you want the money back?',
  ],
  [
    'date',
    { type: 'string', format: 'date', description: 'The day to look at' },
    'What day would you like?',
  ],
  [
    'name',
    { type: 'string', description: "The caller's full name" },
    'May I have your full name, please?',
  ],
  [
    'size',
    { type: 'string', enum: ['small', 'very_large'], description: 'Size' },
    'Which size would you like: small or very large?',
  ],
  [
    'gift',
    { type: 'boolean', description: 'Whether the caller needs it wrapped' },
    'Please tell me whether you need it wrapped: yes or no?',
  ],
  [
    'medicine',
    { type: 'string', enum: ['syrup', 'drops'], description: 'Which medicine the caller takes' },
    'Please tell me which medicine you take: syrup or drops?',
  ],
  [
    'medicine',
    { type: 'string', enum: ['syrup', 'drops'], description: 'Which medicine' },
    'Which medicine would you like: syrup or drops?',
  ],
  ['order_no', { type: 'string' }, 'What is the order no?'],
])('asks for %s', (name, schema, question) => {
  expect(firstQuestion(name, schema)).toBe(question);
});

it('says what a tool does in words to the caller', () => {
  const [tool] = readTools([
    { name: 'x', description: 'Send the caller a link with which they can pay.', parameters: {} },
  ]);
  expect(tool && abilityOf(tool)).toBe('send you a link');
});
