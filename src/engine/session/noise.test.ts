import { expect, it } from 'vitest';
import { isIgnorable } from './noise.ts';
import type { Item } from './state.ts';

const said = (text: string, unsaid = ''): Item => ({
  ...{ type: 'spoken', id: 'a', status: 'completed', audioMs: 500, unsaid },
  words: text === '' ? [] : [{ text, startMs: 0, endMs: 500 }],
});
const heard = (transcript: string, isNoise = false): Item => ({
  ...{ type: 'heard', id: 'h', transcript, confidence: 0.9, audioMs: 500, spokenMs: 300, isNoise },
});
const output: Item = { type: 'output', id: 'o', callId: 'c', output: '{}' };
const done = said('Your booking stands.');
const question = said('What is your name?');

const sound = (text: string, about: { asked?: string; spokenMs?: number | null } = {}) => ({
  ...{ text, confidence: text === '' ? 0 : 0.1 },
  about: { asked: '', overAgent: false, spokenMs: 300, ...about },
});

it('leaves a hum, a cough and a click unanswered where nothing was asked', () => {
  for (const text of ['', 'mm hm', 'uh huh', 'a', 'of of']) {
    expect(isIgnorable(sound(text), [done])).toBe(true);
  }
  expect(isIgnorable(sound(''), [])).toBe(true);
  expect(isIgnorable(sound(''), [done, heard('', true)])).toBe(true);
});

it('answers words, and whoever speaks for longer', () => {
  expect(isIgnorable({ ...sound('hello'), confidence: 0.9 }, [done])).toBe(false);
  expect(isIgnorable(sound('one two three'), [done])).toBe(false);
  expect(isIgnorable(sound('', { spokenMs: 1_500 }), [done])).toBe(false);
  // The client ended the turn: it wants to know.
  expect(isIgnorable(sound('', { spokenMs: null }), [done])).toBe(false);
});

it('asks again once where something was asked, then waits', () => {
  const asked = 'What is your name?';
  expect(isIgnorable(sound('', { asked }), [question])).toBe(false);
  const again = [question, heard(''), said('Sorry, what is your name?')];
  expect(isIgnorable(sound('', { asked }), again)).toBe(true);
  // Words that are badly heard may be the answer.
  expect(isIgnorable(sound('a', { asked }), again)).toBe(false);
});

it('does not swallow the answer that somebody waits for', () => {
  expect(isIgnorable(sound(''), [done, heard('i want to book')])).toBe(false);
  expect(isIgnorable(sound(''), [done, heard('what is it'), output])).toBe(false);
  expect(isIgnorable(sound(''), [said('We have ten', ' and eleven.')])).toBe(false);
  expect(isIgnorable(sound(''), [said('')])).toBe(false);
});

it('takes a word for a mere sound while a tool is at work', () => {
  const call: Item = {
    ...{ type: 'call', id: 'c', callId: 'c', status: 'completed', name: 'x', arguments: '{}' },
  };
  const okay = { ...sound('okay'), confidence: 0.95 };
  expect(isIgnorable(okay, [heard('one two'), call])).toBe(true);
  expect(isIgnorable({ ...okay, text: 'no wait' }, [heard('one two'), call])).toBe(false);
  expect(isIgnorable(okay, [done])).toBe(false);
});
