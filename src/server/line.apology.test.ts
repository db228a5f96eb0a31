import { describe, expect, it } from 'vitest';
import { countedIds, manualClock, silentLog, SwitchboardError } from '../lib/index.ts';
import { manualLeg } from '../testing/manual-leg.ts';
import { createApologies } from './apology.ts';
import { createLine } from './line.ts';
import { fakeParts } from './testing/fake-parts.ts';

/** A line whose calls do not begin, and what its callers get to hear and to know. */
async function open(faults: Parameters<ReturnType<typeof fakeParts>['failCalls']>[0]) {
  const { parts, failCalls, legs, spoken } = fakeParts();
  failCalls(faults);
  const { signal } = new AbortController();
  const of = { log: silentLog, cacheDir: '', signal };
  const desks = await parts.openDesks('', { log: silentLog });
  const opened = {
    desks,
    defaultDesk: () => 'test-desk',
    engine: await parts.startEngine({ ...of, remote: null }),
    store: await parts.openStore({ ...of, dataDir: '', databaseUrl: undefined }),
    startCall: await parts.loadStartCall(),
  };
  const refused: string[] = [];
  const clock = manualClock();
  const line = createLine({
    open: () => opened,
    missing: () => '',
    maxCalls: 1,
    apologies: createApologies({ speak: parts.speak, clock, log: silentLog }),
    textModel: null,
    ...{ clock, newId: countedIds(), log: silentLog },
    onEvent: () => undefined,
    onRefused: (code) => void refused.push(code),
  });
  return { line, leg: manualLeg(), legs, spoken, refused, signal };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('A49: an engine that answers 401', () => {
  const start = new SwitchboardError('engine_refused', 'The engine refused the key.');

  it('is not asked again; the caller hears an apology and is then refused', async () => {
    const { line, leg, legs, spoken, refused, signal } = await open({ start });
    const taking = line.take({ desk: undefined, leg, signal });
    for (let n = 0; n < 5; n++) await turn();
    expect(spoken).toEqual([expect.stringContaining('I am sorry')]);
    expect(leg.queuedMs()).toBe(100);
    expect(refused).toEqual([]);
    expect(line.hasRoom()).toBe(false); // it counts while it is spoken to
    leg.hearAll();
    expect(await taking).toEqual({ ok: false, code: start.code, message: start.message });
    expect([refused, legs.length, line.hasRoom()]).toEqual([['engine_refused'], 1, true]);
  });

  it('is told at once where no apology can be spoken', async () => {
    const { line, leg, signal } = await open({ start, speech: new Error('no speech here') });
    const taken = await line.take({ desk: undefined, leg, signal });
    expect(taken).toMatchObject({ ok: false, code: 'engine_refused' });
    expect(leg.playedItems).toEqual([]);
  });
});
