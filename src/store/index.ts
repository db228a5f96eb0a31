export { openStore, type Store } from './open-store.ts';
export { databaseOutbox } from './outbox.ts';
