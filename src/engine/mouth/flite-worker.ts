import { parentPort, workerData } from 'node:worker_threads';
import { loadResampler, type Resampler } from '../../audio/index.ts';
import { messageOf } from '../../lib/index.ts';
import { prepareFlite } from './flite-program.ts';
import type { SpeechJob, SpeechReply } from './job.ts';
import { mouthRateHz } from './port.ts';
import { shapeSpeech } from './shape.ts';

// What the pool passes when it starts this thread.
const { module, image } = workerData as {
  readonly module: WebAssembly.Module;
  readonly image: Uint8Array;
};
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const createResampler = await loadResampler();
const resamplers = new Map<number, Resampler>();
const flite = prepareFlite(module, image);

// The first run of each voice compiles its code; a caller should not wait for that.
for (const speaker of ['slt', 'rms'] as const) {
  synthesise({ spoken: 'Hello.', speaker, size: 1, stretch: 1, pauseMs: 0 });
  flite.reset();
}

port.on('message', (job: SpeechJob & { readonly id: number }) => {
  let reply: SpeechReply;
  try {
    reply = { id: job.id, ok: true, samples: synthesise(job) };
  } catch (thrown) {
    reply = { id: job.id, ok: false, message: messageOf(thrown) };
  }
  port.postMessage(reply, reply.ok ? [reply.samples.buffer] : []);
  // Laying out its memory takes 10 ms: done now, while nobody waits.
  flite.reset();
});
port.postMessage({ id: 0, ok: true, samples: new Int16Array(0) } satisfies SpeechReply);

function synthesise(job: SpeechJob): Int16Array<ArrayBuffer> {
  const settings = {
    duration_stretch: job.stretch,
    ...(job.pitchHz === undefined ? {} : { int_f0_target_mean: job.pitchHz }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [
    '--setf',
    `${name}=${value.toFixed(3)}`,
  ]);
  const { rateHz, samples } = flite.run(['-voice', job.speaker, ...flags, '-t', job.spoken]);
  // Playing the recording as if it had been made at another rate moves pitch and timbre together.
  const fromHz = Math.round(rateHz * job.size);
  const resampler =
    resamplers.get(fromHz) ?? createResampler({ fromHz, toHz: mouthRateHz, quality: 5 });
  resamplers.set(fromHz, resampler);
  const shaped = shapeSpeech(samples, rateHz);
  const body = resampler.push(shaped);
  const tail = resampler.flush();
  const pause = Math.round((job.pauseMs * mouthRateHz) / 1_000);
  const whole = new Int16Array(body.length + tail.length + pause);
  whole.set(body);
  whole.set(tail, body.length);
  return whole;
}
