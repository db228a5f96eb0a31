import { randomId } from '../lib/index.ts';
import { startRealEngine } from './real-engine.ts';
import { quickenDrizzleImports } from './drizzle-imports.ts';
import type { Parts } from './parts.ts';

quickenDrizzleImports(); // before the first module that needs Drizzle: the store's or a desk's

/** The parts of a real server. Each module is loaded when its part starts, not before. */
export const realParts: Parts = {
  async openStore({ databaseUrl, ...options }) {
    const {
      databaseOutbox,
      openStore,
      postgresAttemptStore,
      postgresCarrierCalls,
      postgresWebhooks,
      postgresNoteStore,
      postgresDialStore,
      postgresDoNotCallList,
    } = await import('../store/index.ts');
    const store = await openStore({ ...options, ...(databaseUrl ? { databaseUrl } : {}) });
    const { database, trail } = store;
    const doNotCall = postgresDoNotCallList(database);
    return {
      trail,
      services: {
        database,
        messages: databaseOutbox(database, { log: options.log, newId: randomId, nowMs: Date.now }),
        attempts: postgresAttemptStore(database, { newId: randomId }),
        notes: postgresNoteStore(database, { newId: randomId }),
        doNotCall,
      },
      dialling: {
        jobs: postgresDialStore(database),
        doNotCall,
        openWakeUps: (wake) => store.openWakeUps(wake),
      },
      carrierCalls: postgresCarrierCalls(database),
      webhooks: postgresWebhooks(database),
      isUp: () => store.state() === 'ready',
      check: () => store.check(),
      async migrateDesk({ data, timeZone }) {
        if (data) await store.migrateDesk(data, { timeZone });
      },
      [Symbol.asyncDispose]: async () => store[Symbol.asyncDispose](),
    };
  },

  startEngine: startRealEngine,

  async openDesks(root, options) {
    const { openDesks } = await import('../desk/index.ts');
    return openDesks(root, options);
  },

  async loadStartCall() {
    const { startCall } = await import('../call/index.ts');
    return startCall;
  },

  async speak(text, { voice, log, signal }) {
    const [{ concatPcm }, { createFliteMouth }] = await Promise.all([
      import('../audio/index.ts'),
      import('../engine/mouth/index.ts'),
    ]);
    const mouth = await createFliteMouth({ log, workers: 1 });
    try {
      const chunks: Int16Array[] = [];
      for await (const { samples } of mouth.speak(text, { voice, speed: 1, signal })) {
        chunks.push(samples);
      }
      signal.throwIfAborted(); // an aborted mouth stops quietly
      return concatPcm(chunks);
    } finally {
      await mouth[Symbol.asyncDispose]();
    }
  },
};
