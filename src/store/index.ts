export { openStore, type Store } from './open-store.ts';
export { databaseOutbox, type Outbox } from './outbox.ts';
export { type Tables } from './migrate.ts';
