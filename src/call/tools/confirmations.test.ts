import { expect, it } from 'vitest';
import { manualClock } from '../../lib/index.ts';
import { createConfirmations } from './confirmations.ts';

const begin = () => {
  const clock = manualClock();
  const confirmations = createConfirmations({ clock, language: 'en-GB' });
  confirmations.propose('a');
  confirmations.agentSpoke();
  return { clock, confirmations };
};

it('uses a yes up by asking for it', async () => {
  const { confirmations } = begin();
  confirmations.callerSaid('item_1', null);
  confirmations.callerSaid('item_1', 'yes');
  expect(await confirmations.agreed('a')).toBe(true);
  expect(await confirmations.agreed('a')).toBe(false);
});

it('waits for the words of a turn that the engine has answered already', async () => {
  const { confirmations } = begin();
  confirmations.callerSaid('item_1', null);
  const both = Promise.all([confirmations.agreed('a'), confirmations.agreed('a')]);
  confirmations.agentSpoke();
  confirmations.callerSaid('item_1', 'Yes.');
  expect(await both).toEqual([true, false]);
});

it('does not wait for ever, and then nobody has agreed', async () => {
  const { clock, confirmations } = begin();
  confirmations.callerSaid('item_1', null);
  const agreed = confirmations.agreed('a');
  clock.advance(1_500);
  expect(await agreed).toBe(false);
});

it('is not confirmed by a turn that came before it, though its words come after', async () => {
  const { confirmations } = begin();
  confirmations.callerSaid('item_0', 'yes');
  expect(await confirmations.agreed('a')).toBe(false);
});

it('is void after a no', async () => {
  const { confirmations } = begin();
  confirmations.callerSaid('item_1', null);
  confirmations.callerSaid('item_1', 'no');
  expect(await confirmations.agreed('a')).toBe(false);
  confirmations.agentSpoke();
  confirmations.callerSaid('item_2', null);
  confirmations.callerSaid('item_2', 'yes');
  expect(await confirmations.agreed('a')).toBe(false);
});

it('is void once something else is to be written', async () => {
  const { confirmations } = begin();
  confirmations.callerSaid('item_1', null);
  confirmations.callerSaid('item_1', 'yes');
  expect(await confirmations.agreed('b')).toBe(false);
  expect(await confirmations.agreed('a')).toBe(false);
});
