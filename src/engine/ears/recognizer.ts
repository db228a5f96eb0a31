import { join, type Decoded, type Decoder } from './decoder.ts';
import type { DecoderPool } from './decoder-pool.ts';
import { earsRateHz, type Recognizer, type RecognizerContext, type Transcript } from './port.ts';
import { judge } from './verdict.ts';
import { createVoiceMean } from './voice-mean.ts';

/** What all sessions of an engine share. */
export interface RecognizerParts {
  readonly pool: DecoderPool;
  /** Makes a language model available to the pool. @returns its kind. */
  readonly learn: (context: RecognizerContext) => Promise<string>;
  /** Kind of the general decoder, and of the one for a session that was told nothing. */
  readonly generalKind: string;
  readonly initialKind: string;
}

/** How much of a caller's first turn is heard before decoding begins, to know the voice: 600 ms. */
const holdSamples = 0.6 * earsRateHz;

/** One session's recogniser: two decoders side by side for each utterance, out of a shared pool. */
export function createRecognizer(parts: RecognizerParts): Recognizer {
  const { pool, generalKind } = parts;
  const voice = createVoiceMean();
  let kind = parts.initialKind;
  const open = new Set<Promise<unknown>>();

  function begin(): ReturnType<Recognizer['begin']> {
    const domainKind = kind;
    let state: 'held' | 'fed' | 'over' = 'held';
    let held: Int16Array[] = [];
    let heldSamples = 0;
    let domain: Decoder | null = null;
    let general: Decoder | null = null;
    let setUp: Promise<void> | undefined;

    const ready = (): boolean => !voice.isFresh() || heldSamples >= holdSamples;

    /** Takes decoders, finds the voice's mean, and catches up with what was held meanwhile. */
    async function start(): Promise<void> {
      [domain, general] = await Promise.all([pool.lease(domainKind), pool.lease(generalKind)]);
      let mean = voice.current();
      if (voice.isFresh() && domain && heldSamples > 0 && state !== 'over') {
        domain.begin(mean);
        domain.push(join(held, heldSamples));
        mean = voice.preview((await domain.finish()).cepstra);
      }
      domain?.begin(mean);
      general?.begin(mean);
      const missed = join(held, heldSamples);
      held = [];
      if (state === 'held') state = 'fed';
      domain?.push(missed);
      general?.push(missed);
    }

    async function giveBack(): Promise<void> {
      if (domain) pool.release(domainKind, domain);
      if (general) pool.release(generalKind, general);
      domain = general = null;
    }

    return {
      push(samples) {
        if (state === 'over') return;
        if (state === 'fed') {
          domain?.push(samples);
          general?.push(samples);
          return;
        }
        held.push(samples);
        heldSamples += samples.length;
        if (!setUp && ready()) setUp = tracked(start());
      },
      finish: () => tracked(finish()),
      cancel() {
        if (state === 'over') return;
        state = 'over';
        if (setUp) void tracked(drop()).catch(() => undefined);
      },
    };

    async function finish(): Promise<Transcript> {
      if (state === 'over') return { text: '', confidence: 0 };
      if (heldSamples === 0) {
        state = 'over';
        return { text: '', confidence: 0 };
      }
      setUp ??= start();
      await setUp;
      state = 'over';
      try {
        const [near, wide] = await Promise.all([domain?.finish(), general?.finish()]);
        const transcript = judge(near ?? null, wide ?? null);
        const heard: Decoded | undefined = near ?? wide;
        if (heard && transcript.confidence >= 0.5) voice.learn(heard.cepstra);
        return transcript;
      } finally {
        await giveBack();
      }
    }

    async function drop(): Promise<void> {
      await setUp;
      await Promise.all([domain?.cancel(), general?.cancel()]);
      await giveBack();
    }
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    open.add(work);
    const forget = (): void => void open.delete(work);
    work.then(forget, forget);
    return work;
  }

  return {
    async adapt(context) {
      kind = await parts.learn(context);
    },
    begin,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...open]);
    },
  };
}
