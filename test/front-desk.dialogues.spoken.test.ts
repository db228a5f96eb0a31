import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogues, nothingLeft } from './dialogues/front-desk.ts';
import { holdAll, leftBy, type Held } from './dialogues/hold.ts';
import { listenTo } from './dialogues/listen.ts';
import { canSpeak } from './dialogues/speak.ts';
import { trailFaults, transcriptOf } from './support/callers.ts';
import { openData, startLine, testFolder, type TestFolder } from './support/line.ts';
import type { Store } from '../src/store/index.ts';

describe.skipIf(!canSpeak)('twenty dialogues on the front desk', () => {
  let folder: TestFolder;
  let store: Store;
  let held: ReadonlyMap<string, Held>;
  beforeAll(async () => {
    folder = await testFolder();
    const line = await startLine(folder);
    held = await holdAll(line.url, new Map(dialogues.map((one) => [one.name, one])));
    await line.stop();
    store = await openData(folder.dataDir);
  }, 1_800_000);
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  test.each(dialogues)('$name ($voice, $line)', async (dialogue) => {
    const one = held.get(dialogue.name);
    if (!one) throw new Error('the call was not held');
    const script = transcriptOf(one.call);
    expect(trailFaults(one.call.events), script).toEqual([]);
    expect(one.call.isClean, script).toBe(true);
    expect(await leftBy(one, dialogue.leaves, store), script).toEqual({
      ...nothingLeft,
      ...dialogue.leaves,
    });
    for (const pattern of dialogue.hears) expect(one.heard, script).toMatch(pattern);
    if (dialogue.neverHears) expect(one.heard, script).not.toMatch(dialogue.neverHears);
    const sound = listenTo(one.call.recording ?? new Uint8Array());
    expect(sound.clipped, script).toBe(0);
    expect(sound.agentDbfs, script).toBeGreaterThan(-26);
    expect(sound.agentDbfs, script).toBeLessThan(-14);
  });
});
