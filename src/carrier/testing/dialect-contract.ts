import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioPiece, formatFacts } from '../../audio/index.ts';
import type { MediaDialect, MediaFrame, StreamStart } from '../media-dialect.ts';

/** One message of a media socket: text, or bytes. */
export type WireMessage = string | Buffer;

/** The carrier's end of a media socket, as its documentation has it. */
export interface DialectWire {
  /** The message that says which call the stream is of; the ids are of the carrier's form. */
  readonly ids: Omit<StreamStart, 'token'>;
  start(token: string | null): WireMessage;
  /** @param bytes in the dialect's format */
  audio(bytes: Buffer, atMs: number): WireMessage;
  /** Says that a mark was played. */
  played(mark: string): WireMessage;
  key(key: string): WireMessage;
  /** Null: the carrier closes the socket without a word. */
  stop(): WireMessage | null;
  /** What the carrier finds in messages of ours. */
  readAudio(message: string | Uint8Array): Buffer;
  readMark(message: string): string;
  isClear(message: string): boolean;
}

const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`;

/** What every dialect must do, whichever the carrier. */
export function dialectContract(
  name: string,
  make: () => MediaDialect,
  wireOf: () => DialectWire,
): void {
  const open = () => {
    const dialect = make();
    const wire = wireOf();
    const read = (message: WireMessage): MediaFrame =>
      dialect.read(Buffer.from(message as string), typeof message !== 'string'); // copies either kind
    return { dialect, wire, read };
  };
  const started = () => {
    const opened = open();
    opened.read(opened.wire.start('a-token'));
    return opened;
  };
  const bytesOf = (dialect: MediaDialect, ms: number): number =>
    ms * formatFacts[dialect.format].bytesPerMs;

  describe(`the dialect of ${name}`, () => {
    it('reads which call a stream is of, and the token it shows', () => {
      const { wire, read } = open();
      const start = { ...wire.ids, token: 'stream_0123456789abcdef' };
      expect(read(wire.start(start.token))).toEqual({ kind: 'started', start });
    });

    it('reads a start that shows no token as one without', () => {
      const { wire, read } = open();
      const start = { ...wire.ids, token: null };
      expect(read(wire.start(null))).toEqual({ kind: 'started', start });
    });

    it('gives the caller’s audio as it came, byte for byte', () => {
      const { dialect, wire, read } = started();
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: bytesOf(dialect, 20), maxLength: bytesOf(dialect, 20) }),
          (bytes) => {
            const frame = read(wire.audio(Buffer.from(bytes), 0));
            expect(frame.kind).toBe('audio');
            if (frame.kind !== 'audio') return;
            expect(frame.audio.format).toBe(dialect.format);
            expect(frame.audio.ms).toBe(20);
            expect(Buffer.from(frame.audio.bytes())).toEqual(Buffer.from(bytes));
          },
        ),
      );
    });

    it('sends the agent’s audio as it is, byte for byte and in order', () => {
      const { dialect, wire } = started();
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 50 }), fc.integer(), (frames, seed) => {
          const bytes = Buffer.alloc(bytesOf(dialect, 20 * frames)).map(
            (_, at) => (at * 31 + seed) & 0xff,
          );
          const messages = [
            dialect.audio(wire.ids.streamId, AudioPiece.ofBytes(dialect.format, bytes)),
          ].flat();
          const got = Buffer.concat(messages.map((message) => wire.readAudio(message)));
          expect(got.equals(bytes)).toBe(true);
        }),
        { numRuns: 20 },
      );
    });

    it('asks for a mark by the name that comes back', () => {
      const { dialect, wire, read } = started();
      for (const mark of ['1', 'zz', '9007199254740991']) {
        expect(wire.readMark(dialect.mark(wire.ids.streamId, mark))).toBe(mark);
        expect(read(wire.played(mark))).toEqual({ kind: 'mark', name: mark });
      }
    });

    it('asks for silence at once in words that are nothing else', () => {
      const { dialect, wire } = started();
      const { streamId } = wire.ids;
      expect(wire.isClear(dialect.clear(streamId))).toBe(true);
      expect(wire.isClear(dialect.mark(streamId, '1'))).toBe(false);
    });

    it('reads keys, and takes nothing else for one', () => {
      const { wire, read } = started();
      for (const key of '0123456789*#') expect(read(wire.key(key))).toEqual({ kind: 'key', key });
      for (const key of ['', '12', 'x', '٣', ' ']) {
        expect(read(wire.key(key)).kind, JSON.stringify(key)).toBe('malformed');
      }
    });

    it('reads the end of the stream', () => {
      const { wire, read } = started();
      const stop = wire.stop();
      if (stop !== null) expect(read(stop)).toEqual({ kind: 'stopped' });
    });

    it('refuses what is no message', () => {
      const { read } = started();
      for (const text of ['', ' ', '{', 'hello', 'null', '[]', '7', '{}', '{"event":7}']) {
        expect(read(text), text).toEqual({ kind: 'malformed', reason: 'not_a_message' });
      }
    });

    it('refuses a message larger than any, whatever it says', () => {
      const { wire, read } = started();
      const [message] = [wire.key('1')].map(String);
      const padded = message?.replace(/^\{/, `{"x":"${'y'.repeat(20_000)}",`) ?? '';
      expect(read(padded)).toEqual({ kind: 'malformed', reason: 'text_size' });
    });

    it('refuses more audio in one frame than any line sends', () => {
      const { dialect, wire, read } = started();
      const frame = read(wire.audio(Buffer.alloc(bytesOf(dialect, 1_000), 1), 0));
      expect(frame.kind).toBe('malformed');
    });

    it('refuses deep nesting, and keys of objects’ own workings', () => {
      const { wire, read } = started();
      const key = String(wire.key('1'));
      for (const extra of [`"x":${deep.slice(1_000, -1_000)}`, '"__proto__":{"digit":"2"}']) {
        expect(read(key.replace(/^\{/, `{${extra},`))).toEqual({
          kind: 'malformed',
          reason: 'not_a_message',
        });
      }
      expect(({} as { digit?: string }).digit).toBeUndefined();
    });

    it('never throws, and takes no noise for a word of the carrier’s', () => {
      const { dialect, read } = started();
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 4_000 }), fc.boolean(), (bytes, isBinary) => {
          const frame = dialect.read(Buffer.from(bytes), isBinary);
          expect(['audio', 'malformed']).toContain(frame.kind); // audio: where that comes as bytes
        }),
      );
      fc.assert(
        fc.property(fc.json({ maxDepth: 8 }), (text) => {
          expect(read(text).kind).toBe('malformed');
        }),
      );
    });

    it('never throws at messages of the carrier’s that were damaged', () => {
      const { dialect, wire } = started();
      const messages = [
        ...[wire.start('t'), wire.audio(Buffer.alloc(bytesOf(dialect, 20), 7), 20)],
        ...[wire.played('1'), wire.key('5'), wire.stop() ?? wire.key('6')],
      ];
      fc.assert(
        fc.property(
          fc.constantFrom(...messages),
          fc.nat(),
          fc.uint8Array({ maxLength: 12 }),
          fc.nat(40),
          (message, at, bytes, cut) => {
            const whole = Buffer.from(message as string);
            const from = at % (whole.length + 1);
            const damaged = Buffer.concat([
              whole.subarray(0, from),
              bytes,
              whole.subarray(from + cut),
            ]);
            expect(dialect.read(damaged, typeof message !== 'string')).toHaveProperty('kind');
          },
        ),
        { numRuns: 500 },
      );
    });
  });
}
