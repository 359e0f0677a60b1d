import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

const isSoak = process.env.SOAK === '1';
/** Time limits end what hangs; no test says how fast a machine has to be. */
const MINUTE_MS = 60_000;

/** What starts servers. */
const withServers = ['tests/engines/**/*.test.ts', 'tests/upgrades/**/*.test.ts'];
/** What kills servers. In long it measures as well, one file at a time, so that nothing else takes their turn. */
const withKills = ['tests/faults/**/*.test.ts'];
/** No module keeps anything between two tests, so files share their workers and what those have read. */
const isolate = false;
const setupFiles = ['tests/support/no-stray-errors.ts'];
/** Before what calls the command line again and again. */
const globalSetup = ['tests/support/command-line.ts'];

/** On its own vitest leaves one processor to itself, which is half of two. */
const maxWorkers = availableParallelism();

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [
            ...withServers,
            ...withKills,
            'tests/properties/**',
            'tests/e2e/**',
            'tests/bench/**',
            '**/node_modules/**',
          ],
          setupFiles,
          isolate,
          maxWorkers,
          testTimeout: MINUTE_MS,
        },
      },
      {
        test: {
          name: 'properties',
          include: ['tests/properties/**/*.test.ts'],
          setupFiles,
          isolate,
          maxWorkers,
          testTimeout: (isSoak ? 240 : 4) * MINUTE_MS,
        },
      },
      {
        test: {
          name: 'servers',
          include: withServers,
          setupFiles,
          globalSetup,
          isolate,
          maxWorkers,
          testTimeout: (isSoak ? 60 : 6) * MINUTE_MS,
          hookTimeout: 3 * MINUTE_MS,
        },
      },
      {
        test: {
          name: 'faults',
          include: withKills,
          setupFiles,
          globalSetup,
          isolate,
          maxWorkers: isSoak ? 1 : maxWorkers,
          fileParallelism: !isSoak,
          testTimeout: (isSoak ? 120 : 6) * MINUTE_MS,
          hookTimeout: (isSoak ? 30 : 3) * MINUTE_MS,
          ...(isSoak ? { sequence: { groupOrder: 1 } } : {}),
        },
      },
    ],
  },
});
