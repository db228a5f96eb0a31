import type { Log } from '../../lib/index.ts';
import { messageOf } from '../../lib/index.ts';
import type { Decoder } from './decoder.ts';

/** Lends decoders of one or more kinds; a kind is a language model. */
export interface DecoderPool extends AsyncDisposable {
  /** An idle decoder at once, or one as soon as it is made; null when `limit` are out already. */
  lease(kind: string): Promise<Decoder | null>;
  release(kind: string, decoder: Decoder): void;
  /** Makes sure that `count` of a kind are idle, if the limits allow. */
  prepare(kind: string, count: number): Promise<void>;
}

/**
 * @param options.make creates a decoder of a kind.
 * @param options.limit decoders in existence at most, all kinds together; the longest idle one of
 *   another kind makes room for a new one.
 */
export function createDecoderPool(options: {
  readonly make: (kind: string) => Promise<Decoder>;
  readonly limit: number;
  readonly log: Log;
}): DecoderPool {
  const { make, limit, log } = options;
  /** Longest idle first. */
  let idle: { readonly kind: string; readonly decoder: Decoder }[] = [];
  let alive = 0;
  let closed = false;
  const making = new Set<Promise<unknown>>();

  function takeIdle(kind: string): Decoder | null {
    const at = idle.findLastIndex((one) => one.kind === kind);
    return at < 0 ? null : (idle.splice(at, 1)[0]?.decoder ?? null);
  }

  async function grow(kind: string): Promise<Decoder | null> {
    if (alive >= limit) {
      const oldest = idle.shift();
      if (!oldest) return null;
      oldest.decoder[Symbol.dispose]();
      alive -= 1;
    }
    alive += 1;
    const made = make(kind);
    making.add(made);
    try {
      return await made;
    } catch (thrown) {
      alive -= 1;
      log.error('decoder not made', { kind, error: messageOf(thrown) });
      return null;
    } finally {
      making.delete(made);
    }
  }

  function release(kind: string, decoder: Decoder): void {
    if (closed) {
      decoder[Symbol.dispose]();
      alive -= 1;
    } else {
      idle.push({ kind, decoder });
    }
  }

  return {
    lease: async (kind) => takeIdle(kind) ?? (await grow(kind)),
    release,
    async prepare(kind, count) {
      const missing = count - idle.filter((one) => one.kind === kind).length;
      await Promise.all(
        Array.from({ length: Math.max(0, missing) }, async () => {
          const decoder = await grow(kind);
          if (decoder) release(kind, decoder);
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.allSettled(making);
      for (const { decoder } of idle) decoder[Symbol.dispose]();
      alive -= idle.length;
      idle = [];
    },
  };
}
