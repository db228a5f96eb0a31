import { expect, it } from 'vitest';
import { silentLog } from '../../lib/index.ts';
import { createSpeech } from './speech.ts';

const speaking = () => {
  const requests: { eventId: string; instructions: string }[] = [];
  const speech = createSpeech({
    log: silentLog,
    request: (eventId, { instructions }) => requests.push({ eventId, instructions }),
  });
  return { requests, speech };
};

it('asks for exactly the words, whatever is in them', () => {
  const { requests, speech } = speaking();
  speech.say('It is "open",\n  they say.');
  expect(requests[0]?.instructions).toContain('Answer by saying: "It is \\"open\\", they say."\n');
});

it('knows its own responses and items from those of the agent', () => {
  const { speech } = speaking();
  speech.say('One moment.');
  expect(speech.began('resp_1', null)).toBe(false);
  expect(speech.began('resp_2', { purpose: 'something else' })).toBe(false);
  expect(speech.began('resp_3', { purpose: 'switchboard_say' })).toBe(true);
  speech.itemBegan({ responseId: 'resp_1', itemId: 'item_1' });
  speech.itemBegan({ responseId: 'resp_3', itemId: 'item_3' });
  expect([speech.ownsItem('item_1'), speech.ownsItem('item_3')]).toEqual([false, true]);
  expect([...speech.active()]).toEqual(['resp_3']);
  speech.ended('resp_3');
  expect([...speech.active()]).toEqual([]);
  expect(speech.owns('resp_3')).toBe(true); // its audio may still be on the way
});

it('knows an error that is about a sentence of its own', () => {
  const { requests, speech } = speaking();
  speech.say('One moment.');
  const message = 'Conversation already has an active response.';
  expect(speech.rejected({ message, event_id: requests[0]?.eventId })).toBe(true);
  expect(speech.rejected({ message, event_id: 'agents_js_response_create_1' })).toBe(false);
  expect(speech.rejected({ message })).toBe(false);
});
