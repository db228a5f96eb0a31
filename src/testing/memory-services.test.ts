import { carrierCallsContract } from '../call/contracts/carrier-calls.ts';
import { attemptStoreContract } from '../call/contracts/attempt-store.ts';
import { noteStoreContract } from '../call/contracts/note-store.ts';
import { memoryAttemptStore, memoryCarrierCalls, memoryNoteStore } from './memory-services.ts';

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
