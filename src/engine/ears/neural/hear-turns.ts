import { concatPcm } from '../../../audio/index.ts';
import { earsRateHz, type Transcript } from '../port.ts';
import {
  beliefWithoutScores,
  isAudible,
  meanProbability,
  nothingHeard,
  plainWords,
} from '../spoken-text.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { LoadedModel, NativeHeard, StreamingTurn } from './sherpa.ts';

interface Turn {
  readonly pieces: Int16Array[];
  readonly stream: StreamingTurn | null;
  samples: number;
  isAudible: boolean;
  text: string;
}

/** Models that hear a whole turn were made for half a minute at most. */
const mostSamples = 25 * earsRateHz;
/** Where a longer turn is parted: at its quietest in this stretch before the limit. */
const partingSamples = 5 * earsRateHz;
const partingWindow = earsRateHz / 10;

/** @returns what a worker does with the messages it gets; the answers go to `tell`. */
export function hearTurns(
  model: LoadedModel,
  tell: (message: FromWorker) => void,
): (message: Exclude<ToWorker, { readonly type: 'close' }>) => Promise<void> {
  const turns = new Map<number, Turn>();

  function push(id: number, samples: Int16Array): void {
    const turn = turns.get(id) ?? open(id);
    turn.samples += samples.length;
    turn.isAudible ||= isAudible(samples);
    if (!turn.stream) turn.pieces.push(samples);
    const text = turn.stream ? plainWords(turn.stream.push(toFloat(samples))) : turn.text;
    const changed = turn.isAudible && text !== turn.text;
    if (changed) turn.text = text;
    tell({ type: 'heard', id, samples: samples.length, ...(changed ? { text } : {}) });
  }

  function open(id: number): Turn {
    const stream = model.streams ? model.open() : null;
    const turn: Turn = { pieces: [], stream, samples: 0, isAudible: false, text: '' };
    turns.set(id, turn);
    return turn;
  }

  async function finish(id: number): Promise<Transcript> {
    const turn = turns.get(id);
    turns.delete(id);
    if (!turn?.isAudible) return nothingHeard;
    const spokenMs = (turn.samples * 1_000) / earsRateHz;
    if (turn.stream) return toTranscript(turn.stream.finish(), spokenMs);
    if (model.streams) return nothingHeard;
    const found: NativeHeard[] = [];
    for (const part of inParts(concatPcm(turn.pieces))) found.push(await model.hear(toFloat(part)));
    const text = found.map((one) => one.text).join(' ');
    return toTranscript({ text, logs: found.flatMap((one) => one.logs) }, spokenMs);
  }

  return async (message) => {
    const { type, id } = message;
    if (type === 'push') push(id, message.samples);
    else if (type === 'finish') tell({ type: 'done', id, transcript: await finish(id) });
    else turns.delete(id);
  };
}

function toTranscript({ text: written, logs }: NativeHeard, spokenMs: number): Transcript {
  const text = plainWords(written);
  if (text === '') return nothingHeard;
  return { text, confidence: meanProbability(logs) ?? beliefWithoutScores(text, spokenMs) };
}

/** Parts a long turn where it is quietest. */
export function inParts(samples: Int16Array): readonly Int16Array[] {
  if (samples.length <= mostSamples) return [samples];
  let best = mostSamples;
  let least = Number.POSITIVE_INFINITY;
  for (
    let at = mostSamples - partingSamples;
    at + partingWindow <= mostSamples;
    at += partingWindow
  ) {
    let energy = 0;
    for (const sample of samples.subarray(at, at + partingWindow)) energy += sample * sample;
    if (energy < least) {
      least = energy;
      best = at + partingWindow / 2;
    }
  }
  return [samples.subarray(0, best), ...inParts(samples.subarray(best))];
}

function toFloat(samples: Int16Array): Float32Array {
  const floats = new Float32Array(samples.length);
  for (const [index, sample] of samples.entries()) floats[index] = sample / 32_768;
  return floats;
}
