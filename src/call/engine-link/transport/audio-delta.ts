import { AudioPiece, type AudioFormat } from '../../../audio/index.ts';

/** One `response.output_audio.delta` event, read without parsing its JSON. */
export interface AudioDelta {
  readonly responseId: string;
  readonly itemId: string;
  /** In the session's output format. */
  readonly audio: AudioPiece;
}

const typeMark = Buffer.from('"response.output_audio.delta"');
const deltaKey = Buffer.from('"delta"');
const itemKey = Buffer.from('"item_id"');
const responseKey = Buffer.from('"response_id"');
const quote = 0x22;
const colon = 0x3a;
const space = 0x20;
// `type` and `event_id` come first in the events of every known server; a later mention is content.
const typeWithinBytes = 96;

/**
 * Reads an audio delta straight from a WebSocket frame.
 *
 * The Agents SDK parses every event twice and clones it; with audio at 20 ms a frame that is most of a
 * call's CPU. Only frames in the plain shape every server sends are taken here.
 *
 * @param format of the session's output
 * @returns null for any other event, or when a field is not where expected: then parse it as JSON.
 * @see https://platform.openai.com/docs/api-reference/realtime-server-events/response/output_audio/delta
 */
export function readAudioDelta(frame: Buffer, format: AudioFormat): AudioDelta | null {
  const mark = frame.subarray(0, typeWithinBytes).indexOf(typeMark);
  if (mark < 0) return null;
  const delta = stringSpan(frame, deltaKey);
  if (delta === null) return null;
  const head = frame.subarray(0, delta.start);
  const itemId = text(frame, stringSpan(head, itemKey) ?? stringSpan(frame, itemKey, delta.end));
  const responseId = text(
    frame,
    stringSpan(head, responseKey) ?? stringSpan(frame, responseKey, delta.end),
  );
  if (itemId === null || responseId === null) return null;
  const audio = AudioPiece.ofBase64(format, frame.toString('latin1', delta.start, delta.end));
  return { responseId, itemId, audio };
}

interface Span {
  readonly start: number;
  /** Offset of the closing quote. */
  readonly end: number;
}

function stringSpan(frame: Buffer, key: Buffer, from = 0): Span | null {
  const at = frame.indexOf(key, from);
  if (at < 0) return null;
  let position = at + key.length;
  while (frame[position] === space || frame[position] === colon) position++;
  if (frame[position] !== quote) return null;
  const start = position + 1;
  const end = frame.indexOf(quote, start);
  return end < 0 ? null : { start, end };
}

function text(frame: Buffer, span: Span | null): string | null {
  return span === null ? null : frame.toString('latin1', span.start, span.end);
}
