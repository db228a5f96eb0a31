import { parentPort, workerData } from 'node:worker_threads';
import { loadResampler, type Resampler } from '../../audio/index.ts';
import { messageOf } from '../../lib/index.ts';
import { findDictation, restBetweenGroups } from './dictation.ts';
import { openFlite } from './flite-library.ts';
import type { SpeechJob, SpeechReply, Spoken } from './job.ts';
import { placeWords } from './place-words.ts';
import { mouthRateHz } from './port.ts';
import { shapeSpeech } from './shape.ts';

// What the pool passes when it starts this thread.
const { module, noiseSeedAt } = workerData as {
  readonly module: WebAssembly.Module;
  readonly noiseSeedAt: number;
};
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

/** A fresh library has 19 MB; each text leaves a kilobyte behind, and after many it is opened anew. */
const mostMemoryBytes = 64 << 20;

const createResampler = await loadResampler();
const resamplers = new Map<number, Resampler>();
let flite = openFlite(module, noiseSeedAt);

// The first run of each voice compiles its code; a caller should not wait for that.
for (const speaker of ['slt', 'rms'] as const) {
  synthesise({ text: 'Hello.', spoken: 'Hello.', speaker, size: 1, stretch: 1, pauseMs: 0 });
}

port.on('message', (job: SpeechJob & { readonly id: number }) => {
  let reply: SpeechReply;
  try {
    reply = { id: job.id, ok: true, spoken: synthesise(job) };
  } catch (thrown) {
    reply = { id: job.id, ok: false, message: messageOf(thrown) };
  }
  port.postMessage(reply, reply.ok ? [reply.spoken.samples.buffer] : []);
  if (!reply.ok || flite.memoryBytes() > mostMemoryBytes) flite = openFlite(module, noiseSeedAt);
});
const nothing = { samples: new Int16Array(0), words: [] };
port.postMessage({ id: 0, ok: true, spoken: nothing } satisfies SpeechReply);

function synthesise(job: SpeechJob): Spoken {
  const { wordSettings, groupEnds } = findDictation(job.spoken);
  const made = flite.synthesise({
    speaker: job.speaker,
    text: job.spoken,
    settings: {
      duration_stretch: job.stretch,
      ...(job.pitchHz === undefined ? {} : { int_f0_target_mean: job.pitchHz }),
    },
    wordSettings,
  });
  const { rateHz } = made;
  const { samples, words } = restBetweenGroups(made, {
    rateHz,
    groupEnds,
    pace: 1 / job.stretch,
  });
  // Playing the recording as if it had been made at another rate moves pitch and timbre together.
  const fromHz = Math.round(rateHz * job.size);
  const resampler =
    resamplers.get(fromHz) ?? createResampler({ fromHz, toHz: mouthRateHz, quality: 5 });
  resamplers.set(fromHz, resampler);
  const { samples: shaped, cutSamples } = shapeSpeech(samples, rateHz);
  const body = resampler.push(shaped);
  const tail = resampler.flush();
  const pause = Math.round((job.pauseMs * mouthRateHz) / 1_000);
  const whole = new Int16Array(body.length + tail.length + pause);
  whole.set(body);
  whole.set(tail, body.length);
  const soundMs = ((body.length + tail.length) * 1_000) / mouthRateHz;
  const placed = (ms: number): number =>
    Math.min(soundMs, Math.max(0, (ms * rateHz - cutSamples * 1_000) / fromHz));
  const times = words.map((word) => ({ startMs: placed(word.startMs), endMs: placed(word.endMs) }));
  return { samples: whole, words: placeWords({ text: job.text, spoken: job.spoken, times }) };
}
