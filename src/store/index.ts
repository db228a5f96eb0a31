export { openStore, type Store } from './open-store.ts';
export { postgresAttemptStore } from './attempts.ts';
export { postgresNoteStore } from './notes.ts';
export { databaseOutbox } from './outbox.ts';
