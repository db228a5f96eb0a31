export { openStore, type Store } from './open-store.ts';
export { postgresAttemptStore } from './attempts.ts';
export { postgresCarrierCalls } from './carrier-calls.ts';
export { postgresNoteStore } from './notes.ts';
export { postgresWebhooks } from './webhooks.ts';
export { databaseOutbox } from './outbox.ts';
export { postgresDialStore } from './dial-store.ts';
export { postgresDoNotCallList } from './do-not-call.ts';
