import type { Parts } from './parts.ts';

/** The parts of a real server. Each module is loaded when its part starts, not before. */
export const realParts: Parts = {
  openStore: () => Promise.reject(new Error('not landed')),
  startEngine: () => Promise.reject(new Error('not landed')),
  loadStartCall: () => Promise.reject(new Error('not landed')),
  openDesks: async (root) => {
    const { openDesks } = await import('../desk/index.ts');
    return openDesks(root);
  },
};
