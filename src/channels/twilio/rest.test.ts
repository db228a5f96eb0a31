import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeCallsApi, type FakeCallsApi } from '../../testing/fake-calls-api.ts';
import { createTwilioRest, type TwilioRest } from './rest.ts';
import { accountSid, authToken } from './testing/twilio-harness.ts';

let api: FakeCallsApi;
let rest: TwilioRest;
beforeEach(async () => {
  api = await startFakeCallsApi({ accountSid, authToken });
  rest = createTwilioRest({ accountSid, authToken, apiUrl: api.url });
});
afterEach(async () => api[Symbol.asyncDispose]());

it('asks how far a call is', async () => {
  const call = api.addCall('CA1');
  expect(await rest.status('CA1')).toBe('answered');
  call.status = 'no-answer';
  expect(await rest.status('CA1')).toBe('no_answer');
  await expect(rest.status('CA2')).rejects.toThrow();
});

it('moves a live call and hangs it up', async () => {
  const call = api.addCall('CA1');
  await rest.redirect('CA1', '<Response><Hangup/></Response>');
  expect(call.twiml).toBe('<Response><Hangup/></Response>');
  await rest.hangUp('CA1');
  expect(call.status).toBe('completed');
});

it('rings a person who will be asked', async () => {
  const sid = await rest.dial({
    ...{ to: '+442079460010', from: '+442079460099', ringSeconds: 60 },
    ...{ url: 'https://a.example/person', statusUrl: 'https://a.example/status' },
  });
  expect(api.calls[0]).toMatchObject({
    sid,
    params: {
      ...{ To: '+442079460010', From: '+442079460099', Timeout: '60' },
      ...{ Url: 'https://a.example/person', StatusCallback: 'https://a.example/status' },
      StatusCallbackEvent: ['answered', 'completed'],
    },
  });
});

it('records both sides of a call', async () => {
  expect(await rest.record('CA1')).toBe('RE1');
  expect(api.recordings).toEqual([{ callSid: 'CA1', params: { RecordingChannels: 'dual' } }]);
});

it('stops the recording that runs, and minds none', async () => {
  await rest.stopRecording('CA1');
  expect(api.recordings).toEqual([]);
  await rest.stopRecording('CA1');
});

it('signs in as the account', async () => {
  const stranger = createTwilioRest({ accountSid, authToken: 'wrong', apiUrl: api.url });
  await expect(stranger.status('CA1')).rejects.toThrow();
  expect(api.unauthorised).toBe(1);
});
