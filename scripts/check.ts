import { compileMessages, run } from './run.ts';

/** Style, lint and types of everything, pages and plain TypeScript alike. Exit code 1 when any finds something. */
const codes = [
  compileMessages(),
  run('biome', ['ci', '--colors=off']),
  run('astro', ['check', '--minimumFailingSeverity', 'hint']),
];
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
