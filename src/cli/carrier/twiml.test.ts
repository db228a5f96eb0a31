import { expect, it } from 'vitest';
import twilio from 'twilio';
import { readTwiml } from './twiml.ts';

const { VoiceResponse } = twilio.twiml;

it('reads what the carrier’s own library writes', () => {
  const response = new VoiceResponse();
  response
    .connect()
    .stream({ url: 'wss://line.example/media-stream' })
    .parameter({ name: 'token', value: 'a "quoted" & <odd> one' });
  response.say('Fish & chips');
  response.pause({ length: 2 });
  response.dial({ action: '/after' }).number('+15005550009');
  response.redirect({ method: 'POST' }, '/next?a=1&b=2');
  response.hangup();
  expect(readTwiml(response.toString())).toEqual([
    {
      name: 'Stream',
      url: 'wss://line.example/media-stream',
      parameters: { token: 'a "quoted" & <odd> one' },
    },
    { name: 'Say', text: 'Fish & chips' },
    { name: 'Pause', seconds: 2 },
    { name: 'Dial', numbers: ['+15005550009'], action: '/after' },
    { name: 'Redirect', url: '/next?a=1&b=2', news: { CallStatus: 'in-progress' } },
    { name: 'Hangup' },
  ]);
});

it.each([
  ['a page', '<html><body>Not found</body></html>'],
  ['nothing', ''],
  ['a verb of another carrier', '<Response><Conference>room</Conference></Response>'],
])('refuses %s', (_title, text) => {
  expect(() => readTwiml(text)).toThrow(expect.objectContaining({ code: 'call_failed' }));
});
