import { compileMessages, run } from './run.ts';

/** Style, lint, types and what nobody uses, of pages and plain TypeScript alike. Exit code 1 when any finds something. */
const codes = [
  compileMessages(),
  run('biome', ['ci', '--colors=off']),
  run('knip', ['--no-progress']),
  run('tsc', ['-p', 'src/service-worker']),
  run('astro', ['check', '--minimumFailingSeverity', 'hint']),
];
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
