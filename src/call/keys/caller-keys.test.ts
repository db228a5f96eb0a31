import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createCallerKeys } from './caller-keys.ts';

it('takes a # out of habit for the end of what is complete already, not of what is asked for next', async () => {
  const clock = manualClock();
  const nothing = (): void => undefined;
  const keys = createCallerKeys({
    clock,
    canBePrivate: true,
    isLive: () => true,
    isSilent: () => true,
    activeAgent: () => 'billing',
    ...{ record: nothing, say: nothing, interrupt: nothing, callerPresses: nothing },
    ...{ forgetHeard: nothing, tell: nothing, changed: nothing },
  });
  const number = keys.collect({ prompt: 'The number?', length: 4 });
  keys.press('1234');
  expect(await number).toEqual({ ok: true, keys: '1234' });
  const code = keys.collect({ prompt: 'The code?', length: { min: 3, max: 8 } });
  clock.advance(500);
  keys.press('#');
  keys.press('567');
  keys.press('#');
  expect(await code).toEqual({ ok: true, keys: '567' });
});
