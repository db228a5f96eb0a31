import type { Ears, Transcript, VoiceBoundary, VoiceDetector } from '../ears/port.ts';
import type { Mind, MindAct, MindInput } from '../mind/port.ts';
import { mouthRateHz, type Mouth } from '../mouth/port.ts';

const loud = 1_000;

/** A detector that takes loudness for speech; noticed after 64 ms, over after the silence set. */
function loudnessDetector(silenceMs: number): VoiceDetector {
  let settings = { silenceMs };
  let position = 0;
  let speaking = false;
  let loudSamples = 0;
  let quietSamples = 0;
  return {
    push(samples) {
      const found: VoiceBoundary[] = [];
      position += samples.length;
      const isLoud = samples.some((sample) => Math.abs(sample) > loud);
      loudSamples = isLoud ? loudSamples + samples.length : speaking ? loudSamples : 0;
      quietSamples = isLoud ? 0 : quietSamples + samples.length;
      if (!speaking && loudSamples >= 1_024) {
        speaking = true;
        found.push({ type: 'started', atMs: (position - loudSamples) / 16 });
      } else if (speaking && quietSamples >= settings.silenceMs * 16) {
        speaking = false;
        loudSamples = 0;
        found.push({ type: 'stopped', atMs: (position - quietSamples) / 16 });
      }
      return found;
    },
    configure: (next) => void (settings = next),
    reset() {
      loudSamples = quietSamples = 0;
      speaking = false;
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** Ears that hear loudness and understand what the script says, turn by turn. */
export interface ScriptedEars extends Ears {
  /** Milliseconds of audio that each finished turn was given. */
  readonly turnsMs: number[];
  /** What the recogniser was told to lean on, last. */
  instructions: string | null;
  /** What each recogniser was made for. */
  readonly lines: ('wide' | 'telephone' | undefined)[];
}

/** @param understand called for each turn that ends, counting from 0. */
export function scriptedEars(
  understand: (turn: number) => string | Promise<Transcript>,
): ScriptedEars {
  let turn = 0;
  const ears: ScriptedEars = {
    turnsMs: [],
    instructions: null,
    lines: [],
    detector: (settings) => loudnessDetector(settings.silenceMs),
    recognizer(options) {
      ears.lines.push(options?.line);
      return Promise.resolve({
        adapt(context) {
          ears.instructions = context.instructions;
          return Promise.resolve();
        },
        begin() {
          let samples = 0;
          return {
            push: (more) => void (samples += more.length),
            async finish() {
              ears.turnsMs.push(samples / 16);
              const heard = understand(turn++);
              return typeof heard === 'string' ? { text: heard, confidence: 0.9 } : await heard;
            },
            cancel: () => undefined,
          };
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return ears;
}

/** A mind that does what the script says; remembers what it was given. */
export interface ScriptedMind extends Mind {
  readonly inputs: MindInput[];
}

/** @param decide called for each response with what a mind may know. */
export function scriptedMind(
  decide: (
    input: MindInput,
    signal: AbortSignal,
  ) => readonly MindAct[] | Promise<readonly MindAct[]>,
): ScriptedMind {
  const inputs: MindInput[] = [];
  return {
    inputs,
    async *respond(input, signal) {
      inputs.push(input);
      yield* await decide(input, signal);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Words of the last message, whoever said it. */
export function lastText(input: MindInput): string {
  const last = input.items.at(-1);
  return last?.type === 'message' ? last.text : '';
}

/** A mouth that takes 60 ms for each letter, one chunk a word; `gate` is awaited before each. */
export function scriptedMouth(
  gate: (word: string) => Promise<void> | void = () => undefined,
): Mouth {
  return {
    async *speak(text) {
      for (const word of text.match(/\S+\s*/g) ?? []) {
        await gate(word);
        const samples = new Int16Array(word.length * 0.06 * mouthRateHz).fill(2_000);
        yield { samples, text: word };
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
