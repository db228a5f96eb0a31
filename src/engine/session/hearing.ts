import { concatPcm, type CreateResampler } from '../../audio/index.ts';
import { messageOf, type Spawn } from '../../lib/index.ts';
import { earsRateHz, type Ears, type Recognizer, type RecognizerContext } from '../ears/port.ts';
import type { HeardLine, Listening } from './events.ts';
import { createEarsFeed } from './sound-in.ts';
import { codeLengthsIn } from './spoken-digits.ts';
import { createTurnQueue, type TurnResult } from './turn-queue.ts';
import { createVoiceTurns, type VoiceTurns } from './voice-turns.ts';

/** What is heard. Times count from the first audio received, in milliseconds. */
export type Heard =
  | { readonly type: 'voice_started'; readonly atMs: number }
  | { readonly type: 'voice_stopped'; readonly atMs: number; readonly spokenMs: number }
  | { readonly type: 'words_heard'; readonly text: string }
  | TurnResult;

/** What is known of a turn when it opens. */
export interface TurnOpening {
  /** What the caller was asked last; empty for nothing. */
  readonly asked: string;
  /** The agent was to be heard. */
  readonly overAgent: boolean;
}

/** The ears of one session: from the client's audio to turns and words. */
export interface Hearing extends AsyncDisposable {
  /** Audio of any length and rate, one stream. What it completes is reported before this returns. */
  push(samples: Int16Array, rateHz: number): void;
  /** Holds from the next turn on. */
  hearThrough(line: HeardLine): void;
  /** Null: turns are ended by {@link Hearing.bufferedMs} and {@link Hearing.finish} alone. */
  listen(listening: Listening | null): void;
  adapt(context: RecognizerContext): void;
  /** Opens a turn with the audio since `fromMs`. */
  begin(fromMs: number, opening: TurnOpening): void;
  /** Audio in the open turn. */
  bufferedMs(): number;
  /** Ends the open turn; its words are reported later. */
  finish(itemId: string): void;
  /** Drops the open turn and what the detector knows of it. */
  clear(): void;
}

/** One look of the detector: 32 ms, so that a boundary is acted on before more audio is taken. */
const windowSamples = 512;
/** Audio kept from before a turn opens: the longest prefix and what the detector takes to notice. */
const keptMs = 6_000;

const nothingAsked: TurnOpening = { asked: '', overAgent: false };

/** @returns hearing over an engine's ears. A recogniser is made in the background, when first needed. */
export function createHearing(options: {
  readonly ears: Ears;
  readonly createResampler: CreateResampler;
  readonly spawn: Spawn;
  /** Whether the caller hears the agent now. */
  readonly isAgentHeard: () => boolean;
  readonly report: (heard: Heard) => void;
}): Hearing {
  const { ears, spawn, isAgentHeard, report } = options;
  const feed = createEarsFeed(options.createResampler);
  const turns = createTurnQueue({
    spawn,
    report(result) {
      if (result.type === 'transcribed' && result.itemId === wordless && result.text !== '') {
        tellsWords = false;
      }
      report(result);
    },
  });
  /** One for each line that was used: a change takes effect between turns, and back again. */
  const recognizers = new Map<HeardLine, Promise<Recognizer>>();
  let line: HeardLine = 'any';
  let context: RecognizerContext | null = null;

  let voice: VoiceTurns | null = null;
  let opening = nothingAsked;
  let words = '';
  /** The last turn, if its words were not told before its end. */
  let wordless: string | null = null;
  /** Until a turn with words shows otherwise. */
  let tellsWords = true;
  let codeLengths: readonly number[] = [];
  let position = 0;
  /** The last audio, for the start of a turn. */
  let kept: Int16Array[] = [];
  let keptSamples = 0;

  function needRecognizer(): void {
    if (recognizers.has(line)) return;
    const made = ears.recognizer(line === 'telephone' ? { line } : {});
    recognizers.set(line, made);
    if (context) adapt(made, context);
    attach(line, made);
  }

  function attach(to: HeardLine, made: Promise<Recognizer>): void {
    spawn('make a recogniser', async () => {
      try {
        const ready = await made;
        if (line === to) turns.attach(ready);
      } catch (thrown) {
        if (line === to) turns.fail(messageOf(thrown));
        throw thrown;
      }
    });
  }

  function adapt(made: Promise<Recognizer>, to: RecognizerContext): void {
    spawn('adapt the recogniser', async () => (await made).adapt(to));
  }

  const toMs = (samples: number): number => (samples * 1_000) / earsRateHz;

  function keep(window: Int16Array): void {
    kept.push(window);
    keptSamples += window.length;
    while (toMs(keptSamples - (kept[0]?.length ?? 0)) > keptMs) {
      keptSamples -= kept.shift()?.length ?? 0;
    }
  }

  function take(window: Int16Array): void {
    position += window.length;
    keep(window);
    turns.push(window);
    if (!voice) {
      if (turns.openMs() === 0) {
        open(nothingAsked);
        turns.push(window);
      }
      return;
    }
    for (const boundary of voice.push(window)) {
      if (boundary.type === 'started') report({ type: 'voice_started', atMs: boundary.atMs });
      else report({ ...boundary, type: 'voice_stopped' });
    }
  }

  function open(next: TurnOpening): void {
    const mine = { ...next };
    opening = mine;
    words = '';
    turns.begin({
      ...(next.asked === '' ? {} : { asked: next.asked }),
      onPartial(text) {
        if (opening !== mine) return; // of a turn before this one
        words = text;
        tellsWords = true;
        report({ type: 'words_heard', text });
      },
    });
  }

  function forget(): void {
    kept = [];
    keptSamples = 0;
  }

  return {
    push(samples, rateHz) {
      needRecognizer();
      for (const at16k of feed.push(samples, rateHz)) {
        for (let offset = 0; offset < at16k.length; offset += windowSamples) {
          take(at16k.slice(offset, offset + windowSamples));
        }
      }
    },
    hearThrough(next) {
      if (line === next) return;
      line = next;
      const made = recognizers.get(line);
      if (made) attach(line, made);
      else if (recognizers.size > 0) needRecognizer();
    },
    listen(listening) {
      if (listening && voice) voice.configure(listening);
      else {
        turns.cancel();
        voice?.[Symbol.dispose]();
        voice = listening
          ? createVoiceTurns({
              ...{ ears, listening, startMs: toMs(position), isAgentHeard },
              soFar: () => ({ words, codeLengths, tellsWords, ...opening }),
            })
          : null;
      }
    },
    adapt(next) {
      context = next;
      codeLengths = codeLengthsIn(next.tools);
      for (const made of recognizers.values()) adapt(made, next);
      needRecognizer();
    },
    begin(fromMs, next) {
      open(next);
      const wanted = Math.max(0, position - Math.round((fromMs * earsRateHz) / 1_000));
      const all = concatPcm(kept);
      turns.push(all.subarray(Math.max(0, all.length - wanted)));
    },
    bufferedMs: () => turns.openMs(),
    finish(itemId) {
      wordless = words === '' ? itemId : null;
      opening = nothingAsked;
      turns.finish(itemId);
    },
    clear() {
      opening = nothingAsked;
      turns.cancel();
      forget();
      voice?.reset();
    },
    async [Symbol.asyncDispose]() {
      voice?.[Symbol.dispose]();
      turns[Symbol.dispose]();
      feed[Symbol.dispose]();
      for (const made of recognizers.values()) {
        await (await made.catch(() => null))?.[Symbol.asyncDispose]();
      }
    },
  };
}
