import { describe, expect, it } from 'vitest';
import { readAudioDelta as read, type AudioDelta } from './audio-delta.ts';

const readAudioDelta = (bytes: Buffer): AudioDelta | null => read(bytes, 'audio/pcm');
const samplesIn = (bytes: Buffer): Int16Array | undefined => readAudioDelta(bytes)?.audio.samples();

const samples = Int16Array.from({ length: 480 }, (_, index) =>
  Math.round(Math.sin(index / 7) * 12_000),
);
const delta = Buffer.from(samples.buffer).toString('base64');
const event = {
  type: 'response.output_audio.delta',
  event_id: 'event_1',
  response_id: 'resp_1',
  item_id: 'item_1',
  output_index: 0,
  content_index: 0,
  delta,
};
const { event_id: _id, ...withoutId } = event;
const frame = (value: unknown, space?: number): Buffer =>
  Buffer.from(JSON.stringify(value, null, space));

describe('reading an audio delta', () => {
  it.each([
    ['as sent by our engine', frame(event)],
    ['with its id first', frame({ event_id: event.event_id, ...withoutId })],
    ['with spaces', frame(event, 1)],
    [
      'with the delta before the ids',
      frame({ type: event.type, event_id: 'e', delta, item_id: 'item_1', response_id: 'resp_1' }),
    ],
  ])('gives the same samples as JSON would, %s', (_title, bytes) => {
    expect(readAudioDelta(bytes)).toMatchObject({ responseId: 'resp_1', itemId: 'item_1' });
    expect(samplesIn(bytes)).toEqual(samples);
  });

  it.each([1, 2, 3, 4, 5])('of %i samples, whatever the padding', (count) => {
    const few = samples.slice(1, 1 + count);
    const bytes = frame({ ...event, delta: Buffer.from(few.buffer).toString('base64') });
    expect(samplesIn(bytes)).toEqual(few);
    expect(readAudioDelta(bytes)?.audio.ms).toBe(count / 24);
  });

  it('gives an aligned copy that does not share the frame’s memory', () => {
    const bytes = frame(event);
    const delta = readAudioDelta(bytes);
    bytes.fill(0);
    expect(delta?.audio.samples()).toEqual(samples);
    expect(delta?.audio.samples().byteOffset).toBe(0);
  });

  it.each([
    ['another event', { ...event, type: 'response.output_audio.done' }],
    [
      'a transcript that mentions it',
      {
        type: 'response.output_audio_transcript.delta',
        item_id: 'i',
        delta: 'say "response.output_audio.delta"',
      },
    ],
    ['no item', { ...event, item_id: undefined }],
    ['an item that is no string', { ...event, item_id: 7 }],
    ['a delta that is no string', { ...event, delta: 7 }],
  ])('leaves %s to the parser', (_title, value) => {
    expect(readAudioDelta(frame(value))).toBeNull();
  });

  it('survives an empty and a torn frame', () => {
    expect(readAudioDelta(Buffer.alloc(0))).toBeNull();
    expect(readAudioDelta(frame(event).subarray(0, 300))).toBeNull();
  });
});
