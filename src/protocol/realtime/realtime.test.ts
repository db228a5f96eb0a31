import { describe, expect, it } from 'vitest';
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { clientEvent, decodeClientFrame, type ClientEvent, type ServerEvent } from './index.ts';

type Assert<T extends true> = T;
/**
 * The one place where the real server and its own types differ: a caller's words that are not known
 * yet are sent as `transcript: null`, and the Agents SDK refuses an item without it.
 */
type WithKnownWords<T> = T extends readonly (infer U)[]
  ? WithKnownWords<U>[]
  : T extends object
    ? { [K in keyof T]: K extends 'transcript' ? NonNullable<T[K]> : WithKnownWords<T[K]> }
    : T;
/** Compile time: every event we send is one that OpenAI's clients are typed for. */
export type ServerEventsConform = Assert<
  WithKnownWords<ServerEvent> extends RealtimeServerEvent ? true : false
>;
/** Compile time: no client event of the type of record is unknown to us, and we made none up. */
export type ClientEventsKnown = Assert<
  [RealtimeClientEvent['type'], ClientEvent['type']] extends [
    ClientEvent['type'],
    RealtimeClientEvent['type'],
  ]
    ? true
    : false
>;

const decode = (value: unknown) => decodeClientFrame(JSON.stringify(value));
const faultOf = (value: unknown) => {
  const decoded = decode(value);
  return decoded.ok ? null : decoded.fault;
};

describe('client frames', () => {
  it('reads an event with its own id', () => {
    expect(decode({ type: 'response.create', event_id: 'e1' })).toEqual({
      ok: true,
      event: { type: 'response.create', event_id: 'e1' },
    });
  });

  it.each(['', '{', 'null', '3', '[]', '"x"', '{"type":3}', '{"type":"__proto__"}'])(
    'answers %s with a fault',
    (text) => {
      expect(decodeClientFrame(text).ok).toBe(false);
    },
  );

  it('names an unknown type and all it would have known', () => {
    const fault = faultOf({ type: 'session.explode', event_id: 'e2' });
    expect(fault).toMatchObject({ code: 'invalid_value', param: 'type', eventId: 'e2' });
    for (const option of clientEvent.options) {
      expect(fault?.message).toContain(`'${option.shape.type.value}'`);
    }
  });

  it('names an unknown, a missing and a wrong parameter by its path', () => {
    expect(
      faultOf({ type: 'session.update', session: { type: 'realtime', temperature: 1 } }),
    ).toMatchObject({ code: 'unknown_parameter', param: 'session.temperature' });
    expect(faultOf({ type: 'session.update', session: {} })).toMatchObject({
      code: 'missing_required_parameter',
      param: 'session.type',
    });
    expect(
      faultOf({
        type: 'session.update',
        session: { type: 'realtime', audio: { output: { format: { type: 'audio/opus' } } } },
      }),
    ).toMatchObject({ code: 'invalid_value', param: 'session.audio.output.format.type' });
    expect(
      faultOf({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'user', content: [{ type: 'input_text' }] },
      }),
    ).toMatchObject({ code: 'missing_required_parameter', param: 'item.content.0.text' });
  });

  it('refuses keys that reach for a prototype, and none of them takes effect', () => {
    const text =
      '{"type":"session.update","session":{"type":"realtime","__proto__":{"polluted":1}}}';
    expect(decodeClientFrame(text).ok).toBe(false);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('A26: refuses what nests without end, and takes the deepest schema that makes sense', () => {
    const nested = (levels: number) =>
      `{"type":"session.update","event_id":"deep","session":{"type":"realtime","tools":[{"type":"function","name":"t","parameters":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}]}}`;
    expect(decodeClientFrame(nested(40))).toMatchObject({ ok: true });
    expect(decodeClientFrame(nested(100_000))).toMatchObject({
      ok: false,
      fault: { code: 'invalid_value', eventId: 'deep' },
    });
    expect(decodeClientFrame('['.repeat(1_000_000)).ok).toBe(false);
    expect(decodeClientFrame('['.repeat(100_000) + ']'.repeat(100_000)).ok).toBe(false);
  });
});
