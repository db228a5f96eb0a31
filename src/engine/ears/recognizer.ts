import type { Clock } from '../../lib/index.ts';
import { answerKindsOf } from './asked.ts';
import { join, type Decoded, type Decoder } from './decoder.ts';
import type { DecoderPool } from './decoder-pool.ts';
import type { Answers, Subject } from './language-model.ts';
import {
  earsRateHz,
  type Recognizer,
  type Transcript,
  type Utterance,
  type UtteranceOptions,
} from './port.ts';
import { createLineSense } from './line-sense.ts';
import { createSessionMemory } from './session-memory.ts';
import type { Line } from './telephone.ts';
import { doubtSparse, judge, standingWith, type Standing } from './verdict.ts';
import { createVoiceMean } from './voice-mean.ts';

/** What all sessions of an engine share. */
export interface RecognizerParts {
  readonly pool: DecoderPool;
  /** Makes a language model available to the pool. @returns its kind, held until {@link forget}. */
  readonly learn: (subject: Subject | Answers) => Promise<string>;
  readonly forget: (kind: string) => void;
  /** Kind of the general decoder, and of the one for a session that was told nothing. */
  readonly generalKind: string;
  readonly initialKind: string;
  readonly clock: Clock;
}

/** How much of a caller's first turn is heard before decoding begins, to know the voice: 600 ms. */
const holdSamples = 0.6 * earsRateHz;

/**
 * How long the general decoder, which does five times the work, may lag behind the domain's on a
 * busy machine: the longer, the less the domain's words can stand alone. Where they cannot, giving it
 * up would cost the caller the whole turn.
 */
const patienceMs: Readonly<Record<Standing, number>> = {
  sure: 150,
  likely: 1_500,
  doubtful: 4_000,
  // Words that only the general decoder hears are believed by nobody.
  silent: 150,
};

/** One session's recogniser: two decoders side by side for each utterance, three where something was asked, out of a shared pool. */
export function createRecognizer(
  parts: RecognizerParts,
  options: { readonly line?: Line } = {},
): Recognizer {
  const { pool, generalKind, clock } = parts;
  const line = createLineSense(options.line);
  const voice = createVoiceMean();
  const memory = createSessionMemory();
  let kind = parts.initialKind;
  let latest = 0;
  const open = new Set<Promise<unknown>>();

  function begin({ asked: question, onPartial }: UtteranceOptions = {}): Utterance {
    const domainKind = kind;
    let state: 'held' | 'fed' | 'finishing' | 'dropped' = 'held';
    let held: Int16Array[] = [];
    let heldSamples = 0;
    let pushedSamples = 0;
    let domain: Decoder | null = null;
    let general: Decoder | null = null;
    let isNameAsked = false;
    /** Hears nothing but answers to what was asked. */
    let answers: Decoder | null = null;
    let answerKind: string | null = null;
    let setUp: Promise<void> | undefined;

    const ready = (): boolean => !voice.isFresh() || heldSamples >= holdSamples;

    const onWords = (text: string): void => {
      if (state === 'held' || state === 'fed') onPartial?.(text);
    };

    /** Takes decoders, finds the voice's mean, and catches up with what was held meanwhile. */
    async function start(): Promise<void> {
      line.hear(join(held, heldSamples));
      const heardThrough = line.current();
      voice.assume(heardThrough);
      const lease = async (wanted: string): Promise<Decoder | null> => {
        const decoder = await pool.lease(wanted);
        await decoder?.tune(heardThrough);
        return decoder;
      };
      const leaseAnswers = async (): Promise<Decoder | null> => {
        const kinds = question ? answerKindsOf(question) : [];
        isNameAsked = kinds.includes('name');
        if (kinds.length === 0) return null;
        answerKind = await parts.learn({ answers: kinds });
        return lease(answerKind);
      };
      [domain, general, answers] = await Promise.all([
        lease(domainKind),
        lease(generalKind),
        // Without them a turn is heard all the same.
        leaseAnswers().catch(() => null),
      ]);
      let mean = voice.current();
      if (voice.isFresh() && domain && heldSamples > 0 && state !== 'dropped') {
        domain.begin(mean);
        domain.push(join(held, heldSamples));
        mean = voice.preview((await domain.finish()).cepstra);
      }
      // The domain's decoder keeps up; the general one speaks only where there is no other.
      domain?.begin(mean, onWords);
      general?.begin(mean, domain ? undefined : onWords);
      answers?.begin(mean);
      const missed = join(held, heldSamples);
      held = [];
      if (state === 'held') state = 'fed';
      for (const decoder of [domain, general, answers]) decoder?.push(missed);
    }

    /** Returns the decoders; the general one drops what it is still at, which nobody waits for any more. */
    async function giveBack(): Promise<void> {
      if (domain) pool.release(domainKind, domain);
      domain = null;
      if (answerKind !== null) {
        if (answers) pool.release(answerKind, answers);
        parts.forget(answerKind);
        answers = null;
        answerKind = null;
      }
      await general?.cancel();
      if (general) pool.release(generalKind, general);
      general = null;
    }

    return {
      push(samples) {
        if (state === 'finishing' || state === 'dropped') return;
        pushedSamples += samples.length;
        if (state === 'fed') {
          for (const decoder of [domain, general, answers]) decoder?.push(samples);
          return;
        }
        held.push(samples);
        heldSamples += samples.length;
        if (!setUp && ready()) setUp = tracked(start());
      },
      finish: () => tracked(finish()),
      cancel() {
        if (state === 'finishing' || state === 'dropped') return;
        state = 'dropped';
        if (setUp) void tracked(drop()).catch(() => undefined);
      },
    };

    async function finish(): Promise<Transcript> {
      const over = state === 'finishing' || state === 'dropped';
      if (!over) state = 'finishing';
      if (over || heldSamples === 0) return { text: '', confidence: 0 };
      setUp ??= start();
      await setUp;
      const late = general?.finish();
      const asked = answers?.finish().catch(() => null);
      try {
        const near = (await domain?.finish()) ?? null;
        const answer = (await asked) ?? null;
        const wide = await within(clock, late, near && patienceMs[standingWith(near, answer)]);
        const spokenMs = (1_000 * pushedSamples) / earsRateHz;
        const transcript = doubtSparse(
          judge(near, wide, answer, isNameAsked),
          [near, wide, answer],
          spokenMs,
        );
        const heard = near ?? wide;
        if (heard && transcript.confidence >= 0.5) voice.learn(heard.cepstra);
        return transcript;
      } finally {
        void tracked(giveBack()).catch(() => undefined);
      }
    }

    async function drop(): Promise<void> {
      await setUp;
      await Promise.all([domain?.cancel(), general?.cancel(), answers?.cancel()]);
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
      const turn = ++latest;
      const learnt = await parts.learn(memory.learn(context));
      // A model that took longer than a later one's is out of date.
      const [kept, left] = turn === latest ? [learnt, kind] : [kind, learnt];
      kind = kept;
      parts.forget(left);
    },
    begin,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...open]);
      latest += 1;
      parts.forget(kind);
      kind = parts.initialKind;
    },
  };
}

/** What `work` gives within `ms`, or however long it takes; null when it is late, absent or failed. */
async function within(
  clock: Clock,
  work: Promise<Decoded> | undefined,
  ms: number | null,
): Promise<Decoded | null> {
  if (!work) return null;
  const result = work.catch(() => null);
  if (ms === null) return result;
  const late = Promise.withResolvers<null>();
  const stop = clock.setTimer(ms, () => late.resolve(null));
  try {
    return await Promise.race([result, late.promise]);
  } finally {
    stop();
  }
}
