import { carrierCallsContract } from '../call/contracts/carrier-calls.ts';
import { attemptStoreContract } from '../call/contracts/attempt-store.ts';
import { noteStoreContract } from '../call/contracts/note-store.ts';
import { webhookStoreContract } from '../call/contracts/webhooks.ts';
import {
  memoryAttemptStore,
  memoryCarrierCalls,
  memoryNoteStore,
  memoryWebhooks,
} from './memory-services.ts';

noteStoreContract('memory', () => {
  const store = memoryNoteStore();
  return Promise.resolve({
    store,
    texts: (callId) =>
      Promise.resolve(store.left.filter((note) => note.callId === callId).map(({ text }) => text)),
  });
});

const attempts = memoryAttemptStore();
attemptStoreContract('memory', () => Promise.resolve(attempts));

const carrierCalls = memoryCarrierCalls();
carrierCallsContract('memory', () => Promise.resolve(carrierCalls));

const webhooks = memoryWebhooks();
webhookStoreContract('memory', () =>
  Promise.resolve({
    store: webhooks,
    outcome: (id) => Promise.resolve(webhooks.kept.get(`openai ${id}`)?.outcome),
  }),
);
