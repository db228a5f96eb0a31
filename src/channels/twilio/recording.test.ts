import { describe, expect, it } from 'vitest';
import { settle, tokenIn, twilioHarness } from './testing/twilio-harness.ts';

const ask = 'May we record this call?';

describe('a desk that asks before it records', () => {
  async function answered(params: Record<string, string>) {
    const line = twilioHarness({ recordingQuestion: ask });
    const question = await line.line.incoming(line.params('CA1'));
    const twiml = await line.line.consent(line.params('CA1', params));
    const stream = line.open('CA1');
    stream.start(tokenIn(twiml));
    await settle();
    return { line, question, stream, call: line.calls[0]! };
  }
  const recorded = (line: ReturnType<typeof twilioHarness>): readonly string[] =>
    line.requested.filter((request) => request.startsWith('record'));

  it('asks before there is a call', async () => {
    const line = twilioHarness({ recordingQuestion: ask });
    const question = await line.line.incoming(line.params('CA1'));
    expect(question).toContain(`<Say>${ask}</Say>`);
    expect(question).not.toContain('<Stream');
    expect(line.asked).toEqual([]);
  });

  it.each([{ Digits: '1' }, { SpeechResult: 'Yes.' }, { SpeechResult: 'sure, of course' }])(
    'records after a clear yes: %o',
    async (params) => {
      const { line } = await answered(params);
      expect(recorded(line)).toEqual(['record CA1']);
      expect(line.asked[0]?.recording).toBe('agreed');
    },
  );

  it.each([
    { Digits: '2' },
    { SpeechResult: 'No.' },
    { SpeechResult: 'yes but no' },
    { SpeechResult: 'what?' },
    {},
  ])('A66: does not record after anything else, and the call goes on: %o', async (params) => {
    const { line, stream, call } = await answered(params);
    expect(recorded(line)).toEqual([]);
    expect(line.asked[0]?.recording).toBe('refused');
    stream.media();
    expect(call.heard).toHaveLength(1);
    expect(stream.closedWith).toBeUndefined();
  });

  it('A66: stops what runs when a caller who is asked anew refuses', async () => {
    const { line } = await answered({ Digits: '2' });
    expect(line.requested).toContain('stop recording CA1');
  });

  it('never records a call twice over', async () => {
    const { line } = await answered({ Digits: '1' });
    expect(line.requested).toEqual(['stop recording CA1', 'record CA1']);
  });

  it('asks once: a caller who comes back was asked', async () => {
    const { line, stream } = await answered({ Digits: '1' });
    stream.end(1006);
    await settle();
    expect(await line.line.next(line.params('CA1'))).toContain('<Stream');
  });

  it('asks nothing where a desk does not record', async () => {
    const line = twilioHarness();
    const { call } = await line.connect();
    expect(recorded(line)).toEqual([]);
    expect(line.asked[0]?.recording).toBeUndefined();
    expect(call).toBeDefined();
  });
});
