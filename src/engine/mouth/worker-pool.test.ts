import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { manualClock, silentLog } from '../../lib/index.ts';
import type { SpeechJob, SpeechReply, Spoken } from './job.ts';
import { createWorkerPool, type PoolWorker } from './worker-pool.ts';

const sound = (...values: readonly number[]): Spoken => ({
  samples: Int16Array.from(values),
  words: [],
});

/** A thread that does what the test says. */
class FakeWorker extends EventEmitter implements PoolWorker {
  readonly jobs: (SpeechJob & { readonly id: number })[] = [];
  terminated = false;
  postMessage(job: SpeechJob & { readonly id: number }): void {
    this.jobs.push(job);
  }
  reply(reply: SpeechReply): void {
    this.emit('message', reply);
  }
  ready(): void {
    this.reply({ id: 0, ok: true, spoken: sound() });
  }
  answer(value: number): void {
    this.reply({ id: this.jobs.at(-1)?.id ?? -1, ok: true, spoken: sound(value) });
  }
  die(): void {
    this.emit('error', new Error('out of memory'));
    this.emit('exit', 1);
  }
  terminate(): Promise<unknown> {
    this.terminated = true;
    this.emit('exit', 1);
    return Promise.resolve();
  }
}

function setUp(size = 2) {
  const workers: FakeWorker[] = [];
  const clock = manualClock();
  const pool = createWorkerPool({
    size,
    clock,
    log: silentLog,
    start: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
  const worker = (index: number): FakeWorker => {
    const found = workers[index];
    if (!found) throw new Error(`no worker ${index}`);
    return found;
  };
  return { pool, workers, worker, clock };
}

const job = (spoken: string): SpeechJob => ({
  text: spoken,
  spoken,
  speaker: 'slt',
  size: 1,
  stretch: 1,
  pauseMs: 0,
});
const never = { dueMs: 0, signal: new AbortController().signal };

describe('worker pool', () => {
  it('gives jobs to free threads in order and answers to whom they belong', async () => {
    const { pool, worker } = setUp();
    worker(0).ready();
    worker(1).ready();
    const results = ['a', 'b', 'c'].map((text) => pool.run(job(text), never));
    expect(worker(0).jobs.map((done) => done.spoken)).toEqual(['a']);
    expect(worker(1).jobs.map((done) => done.spoken)).toEqual(['b']);
    worker(1).answer(2);
    expect(worker(1).jobs.map((done) => done.spoken)).toEqual(['b', 'c']);
    worker(1).answer(3);
    worker(0).answer(1);
    expect((await Promise.all(results)).map(({ samples }) => samples[0])).toEqual([1, 2, 3]);
  });

  it('takes first what is heard first, whoever asked before', async () => {
    const { pool, worker } = setUp(1);
    worker(0).ready();
    const { signal } = never;
    const due = { busy: 0, later: 5_000, soon: 900, now: 100, 'also now': 100 };
    const results = Object.entries(due).map(([text, dueMs]) =>
      pool.run(job(text), { dueMs, signal }),
    );
    for (let done = 1; done <= results.length; done++) worker(0).answer(done);
    await Promise.all(results);
    expect(worker(0).jobs.map((each) => each.spoken)).toEqual([
      'busy',
      'now',
      'also now',
      'soon',
      'later',
    ]);
  });

  it('keeps jobs until a thread is ready', async () => {
    const { pool, worker } = setUp(1);
    const result = pool.run(job('a'), never);
    expect(worker(0).jobs).toEqual([]);
    worker(0).ready();
    worker(0).answer(1);
    expect(await result).toEqual(sound(1));
  });

  it('drops a waiting job when it is aborted, and the result of a running one', async () => {
    const { pool, worker } = setUp(1);
    worker(0).ready();
    const controller = new AbortController();
    const running = pool.run(job('a'), { dueMs: 0, signal: controller.signal });
    const waiting = pool.run(job('b'), { dueMs: 0, signal: controller.signal });
    const other = pool.run(job('c'), never);
    controller.abort(new Error('barge-in'));
    await expect(running).rejects.toThrow('barge-in');
    await expect(waiting).rejects.toThrow('barge-in');
    worker(0).answer(1);
    expect(worker(0).jobs.map((done) => done.spoken)).toEqual(['a', 'c']);
    worker(0).answer(3);
    expect(await other).toEqual(sound(3));
  });

  it('fails the job of a thread that dies, replaces the thread, and goes on', async () => {
    const { pool, workers, worker } = setUp(1);
    worker(0).ready();
    const lost = pool.run(job('a'), never);
    const next = pool.run(job('b'), never);
    worker(0).die();
    await expect(lost).rejects.toMatchObject({ code: 'speech_failed' });
    expect(workers).toHaveLength(2);
    worker(1).ready();
    worker(1).answer(2);
    expect(await next).toEqual(sound(2));
  });

  it('replaces a thread that is stuck', async () => {
    const { pool, workers, worker, clock } = setUp(1);
    worker(0).ready();
    const stuck = pool.run(job('a'), never);
    clock.advance(10_000);
    await expect(stuck).rejects.toMatchObject({ code: 'speech_failed' });
    expect(worker(0).terminated).toBe(true);
    expect(workers).toHaveLength(2);
  });

  it('does not spin when threads cannot start, and tries again at the next job', async () => {
    const { pool, workers, worker } = setUp(1);
    const ready = pool.ready();
    const first = pool.run(job('a'), never);
    worker(0).die();
    await expect(ready).rejects.toMatchObject({ code: 'speech_failed' });
    await expect(first).rejects.toMatchObject({ code: 'speech_failed' });
    expect(workers).toHaveLength(1);
    const second = pool.run(job('b'), never);
    worker(1).ready();
    worker(1).answer(2);
    expect(await second).toEqual(sound(2));
  });

  it('reports what a thread could not speak and keeps the thread', async () => {
    const { pool, workers, worker } = setUp(1);
    worker(0).ready();
    const result = pool.run(job('a'), never);
    worker(0).reply({ id: worker(0).jobs[0]?.id ?? -1, ok: false, message: 'no sound' });
    await expect(result).rejects.toMatchObject({ code: 'speech_failed', message: 'no sound' });
    expect(workers).toHaveLength(1);
  });

  it('closes for good: ends threads, fails what waits, takes nothing more', async () => {
    const { pool, workers, worker } = setUp(1);
    worker(0).ready();
    const running = pool.run(job('a'), never);
    const waiting = pool.run(job('b'), never);
    const closing = pool[Symbol.asyncDispose]();
    await expect(running).rejects.toMatchObject({ code: 'speech_failed' });
    await expect(waiting).rejects.toMatchObject({ code: 'speech_failed' });
    await closing;
    await pool[Symbol.asyncDispose]();
    await expect(pool.run(job('c'), never)).rejects.toMatchObject({ code: 'speech_failed' });
    expect(workers.map((each) => each.terminated)).toEqual([true]);
  });
});
