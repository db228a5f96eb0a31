import { trailStoreContract } from '../call/contracts/trail-store.ts';
import { memoryTrailStore } from './memory-trail-store.ts';

const store = memoryTrailStore();
trailStoreContract('the memory store', async () => store);
