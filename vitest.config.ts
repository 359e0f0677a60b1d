import { defineConfig } from 'vitest/config';

const isSoak = process.env.SOAK === '1';
/** Time limits end what hangs; no test says how fast a machine has to be. */
const MINUTE_MS = 60_000;

/** What starts servers and kills them: one file at a time, so that nothing else takes their turn. */
const alone = ['tests/engines/**/*.test.ts', 'tests/faults/**/*.test.ts'];
const setupFiles = ['tests/support/no-stray-errors.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...alone, 'tests/properties/**', 'tests/e2e/**', 'tests/bench/**', '**/node_modules/**'],
          setupFiles,
          testTimeout: MINUTE_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'properties',
          include: ['tests/properties/**/*.test.ts'],
          setupFiles,
          testTimeout: (isSoak ? 240 : 4) * MINUTE_MS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'servers',
          include: alone,
          setupFiles,
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: (isSoak ? 60 : 6) * MINUTE_MS,
          hookTimeout: 3 * MINUTE_MS,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
