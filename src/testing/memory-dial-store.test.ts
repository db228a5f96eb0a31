import { dialStoreContract } from '../call/contracts/dial-store.ts';
import { memoryDialStore } from './memory-dial-store.ts';

dialStoreContract('memory', async () => memoryDialStore());
