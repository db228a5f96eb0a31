import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { manualClock, silentLog } from '../../../lib/index.ts';
import { createCrew, type CrewOptions, type CrewWorker } from './crew.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A thread that does what the test says. */
class FakeWorker extends EventEmitter implements CrewWorker {
  readonly got: Exclude<ToWorker, { readonly type: 'close' }>[] = [];
  ended = false;
  postMessage(message: ToWorker): void {
    if (message.type !== 'close') {
      this.got.push(message);
      return;
    }
    this.ended = true;
    this.emit('exit', 0);
  }
  says(message: FromWorker): void {
    this.emit('message', message);
  }
  hears(text: string): void {
    const finished = this.got.findLast(({ type }) => type === 'finish');
    this.says({ type: 'done', id: finished?.id ?? -1, transcript: { text, confidence: 0.9 } });
  }
  die(): void {
    this.emit('error', new Error('out of memory'));
    this.emit('exit', 1);
  }
}

function setUp(options: Partial<CrewOptions> = {}) {
  const workers: FakeWorker[] = [];
  const clock = manualClock();
  const crew = createCrew({
    start() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    size: 1,
    pieceSamples: 1_600,
    atOnce: Number.POSITIVE_INFINITY,
    clock,
    log: silentLog,
    ...options,
  });
  const worker = (index: number): FakeWorker => {
    const found = workers[index];
    if (!found) throw new Error(`no worker ${index}`);
    return found;
  };
  return { crew, workers, worker, clock };
}

const second = (): Int16Array => new Int16Array(16_000);
const types = ({ got }: FakeWorker): string[] => got.map(({ type }) => type);
const lost = { code: 'speech_failed' };

describe('a crew', () => {
  it('hands audio over in pieces while it comes, and the rest at the end', async () => {
    const { crew, worker } = setUp();
    const turn = crew.begin();
    for (let count = 0; count < 4; count += 1) turn.push(new Int16Array(500));
    expect(types(worker(0))).toEqual(['push']);
    turn.push(new Int16Array(100));
    const result = turn.finish();
    expect(types(worker(0))).toEqual(['push', 'push', 'finish']);
    const sizes = worker(0).got.map((one) => (one.type === 'push' ? one.samples.length : 0));
    expect(sizes).toEqual([2_000, 100, 0]);
    worker(0).hears('hello');
    expect(await result).toEqual({ text: 'hello', confidence: 0.9 });
    expect(crew.busy()).toBe(0);
  });

  it('takes a copy: what is pushed may be used again', () => {
    const { crew, worker } = setUp();
    const samples = new Int16Array(1_600).fill(7);
    crew.begin().push(samples);
    samples.fill(0);
    const [message] = worker(0).got;
    expect(message?.type === 'push' && message.samples[0]).toBe(7);
  });

  it('tells words while a turn is open, and not afterwards', () => {
    const { crew, worker } = setUp();
    const partials: string[] = [];
    const turn = crew.begin((text) => partials.push(text));
    turn.push(second());
    const id = worker(0).got[0]?.id ?? -1;
    const heard = (text?: string): void =>
      worker(0).says({ type: 'heard', id, samples: 1_600, ...(text ? { text } : {}) });
    heard('yes');
    heard();
    void turn.finish();
    heard('yes please');
    expect(partials).toEqual(['yes']);
  });

  it('spreads turns over its workers and keeps each at one', async () => {
    const { crew, worker } = setUp({ size: 2 });
    const turns = [crew.begin(), crew.begin()];
    for (const turn of turns) turn.push(second());
    for (const turn of turns) turn.push(second());
    expect([types(worker(0)), types(worker(1))]).toEqual([
      ['push', 'push'],
      ['push', 'push'],
    ]);
    expect(new Set(worker(0).got.map(({ id }) => id)).size).toBe(1);
  });

  it('gives a worker no more turns to finish than it can, the others in their order', async () => {
    const { crew, worker } = setUp({ pieceSamples: Number.POSITIVE_INFINITY, atOnce: 1 });
    const results = ['one', 'two', 'three'].map(() => {
      const turn = crew.begin();
      turn.push(second());
      return turn.finish();
    });
    expect(types(worker(0))).toEqual(['push', 'finish']);
    worker(0).hears('one');
    expect(types(worker(0))).toEqual(['push', 'finish', 'push', 'finish']);
    worker(0).hears('two');
    worker(0).hears('three');
    expect((await Promise.all(results)).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('lets sixteen turns wait and refuses the next at once', async () => {
    const { crew } = setUp({ pieceSamples: Number.POSITIVE_INFINITY, atOnce: 1 });
    const results = Array.from({ length: 18 }, () => {
      const turn = crew.begin();
      turn.push(second());
      return turn.finish();
    });
    await expect(results[17]).rejects.toMatchObject(lost);
    expect(crew.busy()).toBe(17);
  });

  it('gives up a turn when it lags too far behind, rather than all of them', async () => {
    const { crew, worker } = setUp();
    const quiet = crew.begin();
    quiet.push(second());
    const turn = crew.begin();
    for (let count = 0; count < 25; count += 1) turn.push(second());
    expect(types(worker(0)).at(-1)).toBe('cancel');
    await expect(turn.finish()).rejects.toMatchObject(lost);
    const result = quiet.finish();
    worker(0).hears('still here');
    expect((await result).text).toBe('still here');
  });

  it('goes on as long as a worker keeps up', async () => {
    const { crew, worker } = setUp();
    const turn = crew.begin();
    for (let count = 0; count < 50; count += 1) {
      turn.push(second());
      worker(0).says({ type: 'heard', id: worker(0).got[0]?.id ?? -1, samples: 16_000 });
    }
    expect(types(worker(0))).not.toContain('cancel');
  });

  it('drops a turn, open or being finished', async () => {
    const { crew, worker } = setUp();
    const open = crew.begin();
    open.push(second());
    open.cancel();
    open.cancel();
    expect(types(worker(0))).toEqual(['push', 'cancel']);
    expect(await open.finish()).toEqual({ text: '', confidence: 0 });
    const finishing = crew.begin();
    finishing.push(second());
    const result = finishing.finish();
    finishing.cancel();
    expect(await result).toEqual({ text: '', confidence: 0 });
    expect(crew.busy()).toBe(0);
  });

  it('fails the turns of a worker that dies, replaces it, and goes on', async () => {
    const { crew, workers, worker } = setUp();
    worker(0).says({ type: 'ready' });
    const open = crew.begin();
    open.push(second());
    const finishing = crew.begin();
    finishing.push(second());
    const result = finishing.finish();
    worker(0).die();
    await expect(result).rejects.toMatchObject(lost);
    await expect(open.finish()).rejects.toMatchObject(lost);
    expect(workers).toHaveLength(2);
    const next = crew.begin();
    next.push(second());
    const heard = next.finish();
    worker(1).hears('hello');
    expect((await heard).text).toBe('hello');
  });

  it('replaces a worker that does not answer', async () => {
    const { crew, workers, worker, clock } = setUp();
    worker(0).says({ type: 'ready' });
    const turn = crew.begin();
    turn.push(second());
    const result = turn.finish();
    clock.advance(15_000);
    await expect(result).rejects.toMatchObject(lost);
    expect(worker(0).ended).toBe(true);
    expect(workers).toHaveLength(2);
  });

  it('does not spin when a worker cannot start, and keeps what is said meanwhile', async () => {
    const { crew, workers, worker, clock } = setUp();
    const ready = crew.ready();
    worker(0).die();
    await expect(ready).rejects.toMatchObject(lost);
    await expect(crew.begin().finish()).rejects.toMatchObject(lost);
    const early = crew.begin();
    early.push(second());
    expect(workers).toHaveLength(1);
    clock.advance(5_000);
    expect(workers).toHaveLength(2);
    const result = early.finish();
    worker(1).hears('hello');
    expect((await result).text).toBe('hello');
  });

  it('reports what a worker could not hear and keeps the worker', async () => {
    const { crew, workers, worker } = setUp();
    const turn = crew.begin();
    turn.push(second());
    const result = turn.finish();
    worker(0).says({ type: 'failed', id: worker(0).got[0]?.id ?? -1, message: 'no memory' });
    await expect(result).rejects.toMatchObject({
      ...lost,
      message: expect.stringContaining('no memory') as string,
    });
    expect(workers).toHaveLength(1);
  });

  it('closes for good', async () => {
    const { crew, worker } = setUp();
    const turn = crew.begin();
    turn.push(second());
    const result = turn.finish();
    const closing = crew[Symbol.asyncDispose]();
    await expect(result).rejects.toMatchObject(lost);
    await closing;
    await crew[Symbol.asyncDispose]();
    await expect(crew.begin().finish()).rejects.toMatchObject(lost);
    expect(worker(0).ended).toBe(true);
  });
});
