import { expect, test } from 'vitest';
import { createProgress } from './progress.mjs';

function recorded(/** @type {boolean} */ isTTY) {
  let text = '';
  let nowMs = 0;
  const stream = { isTTY, write: (/** @type {string} */ part) => (text += part) };
  const progress = createProgress({ stream, nowMs: () => nowMs });
  return { progress, text: () => text, pass: (/** @type {number} */ ms) => (nowMs += ms) };
}

test('in a log: a line to begin with, one every five seconds, one at the end', () => {
  const { progress, text, pass } = recorded(false);
  const step = progress.step('packages');
  for (let second = 1; second <= 11; second += 1) {
    pass(1000);
    step.update(`${second} of 12`);
  }
  pass(1000);
  step.done('12 unpacked');
  expect(text()).toBe(
    '  packages …\n  packages: 5 of 12, 5 s\n  packages: 10 of 12, 10 s\n  packages: 12 unpacked, 12 s\n',
  );
});

test('on a terminal one line is rewritten', () => {
  const { progress, text, pass } = recorded(true);
  const step = progress.step('packages');
  pass(1000);
  step.update('1 of 2');
  step.done();
  expect(text().split('\n')).toHaveLength(2);
  expect(text()).toContain('\r\x1b[2K  packages: 1 of 2, 1 s');
});
