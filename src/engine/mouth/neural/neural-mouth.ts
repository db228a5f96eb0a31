import { loadResampler } from '../../../audio/index.ts';
import { systemClock, SwitchboardError, type Clock } from '../../../lib/index.ts';
import type { InstalledModel } from '../../models/index.ts';
import { splitClauses, type Clause } from '../clauses.ts';
import { normalise } from '../normalise/index.ts';
import { mouthRateHz, type Mouth, type SpokenChunk } from '../port.ts';
import { shapeSpeech } from '../shape.ts';
import { planUtterances, type Utterance } from '../utterances.ts';
import { createDueQueue } from './due-queue.ts';
import { loadVoice } from './sherpa-voice.ts';
import { speakerOf } from './speakers.ts';

/** How long the voice rests behind a clause, at normal speed. */
const pauseMs: Readonly<Record<Clause['ends'], number>> = {
  sentence: 240,
  comma: 110,
  word: 0,
  text: 20,
};

/**
 * A pulled voice of sherpa-onnx (Piper, Kokoro, Kitten), clause by clause, on threads of the library.
 *
 * The names of OpenAI's voices are dealt out to the speakers that the model has. It cannot tell where
 * its words lie.
 *
 * @param options.model from the store, which has checked its files
 * @throws SwitchboardError speech_failed when it cannot be loaded
 */
export async function createNeuralMouth(options: {
  readonly model: InstalledModel;
  /** @default the machine's clock */
  readonly clock?: Clock;
}): Promise<Mouth> {
  const { model, clock = systemClock } = options;
  const [voice, createResampler] = await Promise.all([loadVoice(model, 1), loadResampler()]);
  // Networks fill a core each; what is heard first is made first.
  const queue = createDueQueue(2);
  const closing = new AbortController();

  async function make(
    utterance: Utterance<Clause>,
    { name, pace }: { readonly name: string; readonly pace: number },
  ): Promise<Int16Array> {
    const speaker = speakerOf(name, { kind: model.kind, speakers: voice.speakers });
    const made = await voice.say(readable(utterance.spoken), { speaker, speed: pace });
    const { samples } = shapeSpeech(made.samples, made.rateHz);
    const resampler = createResampler({ fromHz: made.rateHz, toHz: mouthRateHz, quality: 5 });
    try {
      const body = resampler.push(samples);
      const tail = resampler.flush();
      const pause = Math.round((pauseMs[utterance.ends] / pace / 1_000) * mouthRateHz);
      const whole = new Int16Array(body.length + tail.length + pause);
      whole.set(body);
      whole.set(tail, body.length);
      return whole;
    } finally {
      resampler[Symbol.dispose]();
    }
  }

  return {
    async *speak(text, { voice: name, speed, signal: caller }) {
      const signal = AbortSignal.any([caller, closing.signal]);
      const pace = Math.min(1.5, Math.max(0.25, Number.isFinite(speed) ? speed : 1));
      const thisYear = new Date(clock.nowMs()).getFullYear();
      const utterances = planUtterances(splitClauses(text), (clause) =>
        normalise(clause, { thisYear }),
      );
      const begin = (index: number, dueMs: number): Promise<Int16Array> | undefined => {
        const utterance = utterances[index];
        if (!utterance) return undefined;
        const made = queue.run(() => make(utterance, { name, pace }), { dueMs, signal });
        made.catch(() => undefined); // awaited in its round, unless the consumer leaves
        return made;
      };
      let pending = begin(0, clock.nowMs());
      let heardMs: number | undefined;
      for (const [index, { text: part }] of utterances.entries()) {
        let samples: Int16Array | undefined;
        try {
          samples = await pending;
        } catch (thrown) {
          if (caller.aborted) return;
          throw thrown;
        }
        if (!samples || caller.aborted) return;
        heardMs = (heardMs ?? clock.nowMs()) + (samples.length * 1_000) / mouthRateHz;
        pending = begin(index + 1, heardMs);
        if (samples.length > 0) yield { samples, text: part } satisfies SpokenChunk;
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort(new SwitchboardError('speech_failed', 'The mouth was closed.'));
      await queue.settled();
    },
  };
}

/** Spellings meant for Flite, in the form that these voices read. */
function readable(spoken: string): string {
  return spoken
    .replace(/\b(a|p)(?:y|ee) em\b/g, (_all, half: string) => `${half.toUpperCase()} M`)
    .replace(/\bay\b/g, 'A')
    .replace(/\bwhy fye\b/g, 'Wi-Fi')
    .replace(/\bmissus\b/g, 'Mrs')
    .replace(/\bmiz\b/g, 'Ms');
}
