import { defineConfig } from 'vitest/config';

// Two kinds of tests. Unit tests stand beside their source and share the machine's cores. End-to-end
// tests in test/ hold real calls in real time: one file after the other, and in a file no more calls at
// once than two cores carry, or they would time each other's load.

/** How long `expect.poll` looks: as long as a busy machine needs. What has come is seen at once. */
const expectPoll = { poll: { timeout: 15_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'desks/**/*.test.ts',
            'bench/**/*.test.ts',
            'console/src/**/*.test.{ts,tsx}',
            'bin/**/*.test.mjs',
          ],
          pool: 'forks',
          // Most of them wait most of the time; left to itself, vitest keeps a core free.
          maxWorkers: '100%',
          expect: expectPoll,
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/skipped-hint.ts'],
          pool: 'forks',
          fileParallelism: false,
          maxConcurrency: 2,
          expect: expectPoll,
          testTimeout: 300_000,
          hookTimeout: 60_000,
          // After the unit tests, so that nothing else runs beside a call.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
