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
  /** Decoders lent out: none while nobody speaks. */
  lent(): number;
}

/**
 * @param options.make creates a decoder of a kind.
 * @param options.limit decoders in existence at most, all kinds together; the longest idle one of
 *   another kind makes room for a new one.
 * @param options.limitOf decoders of one kind at most.
 */
export function createDecoderPool(options: {
  readonly make: (kind: string) => Promise<Decoder>;
  readonly limit: number;
  readonly limitOf: (kind: string) => number;
  readonly log: Log;
}): DecoderPool {
  const { make, limit, limitOf, log } = options;
  /** Longest idle first. */
  const idle: { readonly kind: string; readonly decoder: Decoder }[] = [];
  let alive = 0;
  const aliveOf = new Map<string, number>();
  let closed = false;
  const making = new Set<Promise<unknown>>();

  function takeIdle(kind: string): Decoder | null {
    const at = idle.findLastIndex((one) => one.kind === kind);
    return at < 0 ? null : (idle.splice(at, 1)[0]?.decoder ?? null);
  }

  function count(kind: string, change: 1 | -1): void {
    alive += change;
    const left = (aliveOf.get(kind) ?? 0) + change;
    if (left > 0) aliveOf.set(kind, left);
    else aliveOf.delete(kind);
  }

  function free({ kind, decoder }: { readonly kind: string; readonly decoder: Decoder }): void {
    decoder[Symbol.dispose]();
    count(kind, -1);
  }

  async function grow(kind: string): Promise<Decoder | null> {
    if (closed || (aliveOf.get(kind) ?? 0) >= limitOf(kind)) return null;
    if (alive >= limit) {
      const oldest = idle.shift();
      if (!oldest) return null;
      free(oldest);
    }
    count(kind, 1);
    const made = make(kind);
    making.add(made);
    try {
      return await made;
    } catch (thrown) {
      count(kind, -1);
      log.error('decoder not made', { kind, error: messageOf(thrown) });
      return null;
    } finally {
      making.delete(made);
    }
  }

  function release(kind: string, decoder: Decoder): void {
    if (closed) free({ kind, decoder });
    else idle.push({ kind, decoder });
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
    lent: () => alive - idle.length - making.size,
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.allSettled(making);
      for (const one of idle.splice(0)) free(one);
    },
  };
}
