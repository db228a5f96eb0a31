import { describe, expect, it } from 'vitest';
import { agreementOf, heard, propose, proposalKey, type Heard } from './confirmation.ts';

const agent: Heard = { who: 'agent' };
let turns = 0;
const caller = (text: string | null, itemId = `item_${++turns}`): Heard => ({
  who: 'caller',
  itemId,
  text,
});
const after = (...events: readonly Heard[]): string =>
  agreementOf(events.reduce(heard, propose(null, 'cancel')), 'en-GB');

describe('a write that waits for a yes', () => {
  it.each<[string, readonly Heard[], string]>([
    ['nothing was said', [agent], 'open'],
    ['yes after the read-back', [agent, caller('Yes, please.')], 'yes'],
    ['yes before anything was read back', [caller('yes'), agent], 'open'],
    ['a no, even before the read-back', [caller('no wait'), agent, caller('yes')], 'no'],
    ['a no after the yes', [agent, caller('yes'), agent, caller('stop')], 'no'],
    ['yes in two breaths', [agent, caller('uh'), caller('yes')], 'yes'],
    ['yes when it was read once more', [agent, caller('pardon?'), agent, caller('yes')], 'yes'],
    ['noise, then yes', [agent, caller(''), agent, caller('yes')], 'yes'],
    ['yes to another question', [agent, caller('when do you close'), agent, caller('yes')], 'open'],
    ['words that are not known yet', [agent, caller(null)], 'pending'],
    ['yes, and words that are not known yet', [agent, caller('yes'), caller(null)], 'pending'],
    ['a no beside words that are not known yet', [agent, caller(null), caller('no')], 'no'],
    ['neither', [agent, caller('Monday')], 'open'],
  ])('%s: %#', (_title, events, agreement) => {
    expect(after(...events)).toBe(agreement);
  });

  it('fills in the words of a turn in its place', () => {
    expect(after(agent, caller(null, 'a'), agent, caller('yes', 'a'))).toBe('yes');
  });

  it('is the same for the same arguments, and another one for others', () => {
    const key = (args: string): string => proposalKey('desk', 'cancel', args);
    expect(key('{"a":1,"b":{"d":[1,2],"c":" x "}}')).toBe(key('{"b":{"c":"x","d":[1,2]},"a":1}'));
    expect(key('{"a":1}')).not.toBe(key('{"a":2}'));
    expect(key('{"a":"1"}')).not.toBe(key('{"a":1}'));
    expect(key('{"a":[1,2]}')).not.toBe(key('{"a":[2,1]}'));
    expect(proposalKey('other', 'cancel', '{"a":1}')).not.toBe(key('{"a":1}'));
  });

  it('begins anew when it is proposed again after an answer, and not before', () => {
    const read = heard(propose(null, 'a'), agent);
    expect(propose(read, 'a')).toBe(read);
    expect(propose(read, 'b')).toEqual({ key: 'b', heard: [] });
    expect(propose(heard(read, caller('Monday')), 'a')).toEqual({ key: 'a', heard: [] });
  });
});
