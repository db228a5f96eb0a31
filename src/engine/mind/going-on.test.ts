import { describe, expect, it } from 'vitest';
import { goingOn, withoutInterjections } from './going-on.ts';
import { actsFor } from './offline-mind.ts';
import type { MindItem } from './port.ts';

const agent = (text: string, unsaid?: string): MindItem => ({
  type: 'message',
  role: 'assistant',
  text,
  ...(unsaid === undefined ? {} : { unsaid }),
});
const caller = (text: string, confidence = 0.9): MindItem => ({
  type: 'message',
  role: 'user',
  text,
  confidence,
});
const offer = agent('On Thursday we have ten, ten thirty', 'and eleven. Which suits you?');

describe('an agent that was cut off', () => {
  it.each(['mm', 'mm-hm', 'uh huh', 'yeah', 'okay', 'right', 'i see', 'okay great', ''])(
    'goes on after %j, from the clause that was cut',
    (sound) => {
      expect(goingOn([offer, caller(sound)])).toBe('ten thirty and eleven. Which suits you?');
    },
  );

  it('goes on after a hum that was heard as words, badly', () => {
    expect(goingOn([offer, caller("i'm tom", 0.08)])).toMatch(/^ten thirty/);
    expect(goingOn([offer, caller('ten', 0.9)])).toBeNull();
    expect(goingOn([offer, caller('wait', 0.1)])).toBeNull();
  });

  it.each(['wait', 'no', 'stop', 'hold on', 'sorry', 'ten thirty', 'okay ten thirty', 'yes but'])(
    'listens to %j',
    (words) => {
      expect(goingOn([offer, caller(words, 0.4)])).toBeNull();
    },
  );

  it('takes a word for the answer to a question that was cut or had just been asked', () => {
    expect(goingOn([agent('Shall I book Thursday', 'at ten?'), caller('yeah')])).toBeNull();
    expect(goingOn([agent('Shall I book it? It', 'is at ten.'), caller('yes')])).toBeNull();
    // A question that had hardly begun was answered by nobody.
    expect(goingOn([agent('It is free. Shall', 'I book it?'), caller('yeah')])).toBe(
      'Shall I book it?',
    );
  });

  it('says all of what nobody heard, and nothing of what was all but said', () => {
    expect(goingOn([agent('', 'Hello. How can I help?'), caller('')])).toBe(
      'Hello. How can I help?',
    );
    expect(
      goingOn([agent('The practice closes at half past', 'five.'), caller('okay')]),
    ).toBeNull();
    expect(goingOn([agent('The practice closes at five.'), caller('okay')])).toBeNull();
  });

  it('does not begin a long clause again', () => {
    const heard = 'It is one two three four five six seven eight nine';
    expect(goingOn([agent(heard, 'ten eleven twelve.'), caller('')])).toBe(
      'six seven eight nine ten eleven twelve.',
    );
  });
});

it('takes such sounds for no turns of the caller, and every other for one', () => {
  const items = [offer, caller('mm-hm'), agent('ten thirty and eleven. Which suits you?')];
  const answered = [...items, caller('yeah')];
  expect(withoutInterjections(answered)).toEqual([offer, items[2], caller('yeah')]);
});

describe('the offline mind', () => {
  const look = {
    name: 'find_parcel',
    description: 'Find a parcel by its number.',
    parameters: {
      type: 'object',
      properties: { number: { type: 'string', pattern: '^\\d{4}$', description: 'Its number' } },
      required: ['number'],
    },
  };
  const input = (items: readonly MindItem[]) => ({
    ...{ instructions: 'You find parcels.', tools: [look], toolChoice: 'auto' as const, items },
  });

  it('makes the call that it was to make behind the sentence that was cut', () => {
    const before = [
      caller('find a parcel'),
      agent('What is the number?'),
      caller('one two three four'),
    ];
    const planned = actsFor(input(before));
    const [said] = planned;
    expect(planned.at(-1)).toMatchObject({ type: 'call', name: 'find_parcel' });
    if (said?.type !== 'say') return expect(planned).toHaveLength(1);
    const [first = '', ...rest] = said.text.split(' ');
    const acts = actsFor(input([...before, agent(first, rest.join(' ')), caller('mm-hm')]));
    expect(acts.at(-1)).toEqual(planned.at(-1));
  });

  it('does not take a sound for an answer, then or later', () => {
    const question = agent(
      'All right. You can say a',
      'number of four digits. What is the number?',
    );
    const before = [caller('find a parcel'), question, caller('okay')];
    expect(actsFor(input(before))).toEqual([
      { type: 'say', text: 'You can say a number of four digits. What is the number?' },
    ]);
    const later = [...before, agent('What is the number?'), caller('one two three four')];
    expect(actsFor(input(later)).at(-1)).toMatchObject({
      type: 'call',
      arguments: '{"number":"1234"}',
    });
  });
});
