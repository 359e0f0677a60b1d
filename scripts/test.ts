import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { compileMessages, run, runBeside } from './run.ts';
import { fileTimes, slowestFiles } from './slowest.ts';

/**
 * Everything that CI runs: checks, both builds, all test suites, browsers. The last line counts the tests of all
 * suites together; a step that has no tests of its own counts when it fails. `--soak` runs the long versions.
 */
const isSoak = process.argv.includes('--soak');
const reports = { vitest: '.tmp/vitest.json', playwright: '.tmp/playwright.json' };

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What did not pass, told once more at the end, where it is looked for. */
const failures: string[] = [];

mkdirSync('.tmp', { recursive: true });
for (const path of [...Object.values(reports), fileTimes]) rmSync(path, { force: true });

const counts: Counts[] = [];
const started = performance.now();
step('compile the messages', compileMessages);
/** One processor is enough for it: what follows has the others. */
const checkLog = '.tmp/check.log';
const checking = runBeside('node', ['scripts/check.ts'], checkLog);
/** A stranger's program, with the tools of its own folder. */
step('install the typed client', () =>
  run('npm', ['install', '--prefix', 'tests/typed-client', '--no-audit', '--no-fund', '--silent']),
);
const isBuilt = ['node', 'cloudflare'].every((target) =>
  step(`build for ${target}`, () => run('node', ['scripts/build.ts', target])),
);
if (isBuilt) {
  const own = '--reporter=./tests/support/file-times.ts';
  const json = ['--reporter=json', `--outputFile.json=${reports.vitest}`];
  const vitest = ['run', '--reporter=default', own, ...json];
  suite('unit, properties, engines, faults', reports.vitest, () => run('vitest', vitest, soakEnv()));
}
const checked = await checking;
step('check, begun before the builds', () => {
  process.stdout.write(readFileSync(checkLog, 'utf8'));
  return checked;
});
if (isBuilt) {
  const playwright = { PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright, ...soakEnv() };
  suite('browsers', reports.playwright, () =>
    run('playwright', ['test', '--reporter=line,json'], playwright),
  );
  /** Whether the tests of rules notice when a rule is another one: see `docs/mutation.md`. */
  if (isSoak) step('mutants of rules', () => run('stryker', ['run']));
}
for (const failure of failures) process.stdout.write(`\nFAILED ${failure}\n`);
process.stdout.write('\nThe slowest files, in seconds:\n');
for (const { file, seconds } of slowestFiles(reports.playwright, 10))
  process.stdout.write(`${seconds.toFixed(1).padStart(7)}  ${file}\n`);
const total = counts.reduce(add, { passed: 0, failed: 0, skipped: 0 });
process.exitCode = total.failed === 0 ? 0 : 1;
process.stdout.write(`\nAll of it took ${secondsSince(started)} s.\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);

/** A step without tests: true when it succeeded. */
function step(name: string, work: () => number): boolean {
  const isDone = timed(name, work) === 0;
  if (!isDone) {
    counts.push({ passed: 0, failed: 1, skipped: 0 });
    failures.push(name);
  }
  return isDone;
}

/** Tests, counted from the report they leave; a runner that failed in another way counts as one. */
function suite(name: string, report: string, work: () => number): void {
  const code = timed(name, work);
  const json = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const found = json === null ? { passed: 0, failed: 0, skipped: 0 } : readReport(json);
  const named = json === null ? [] : failuresIn(json);
  failures.push(...named);
  if (code !== 0 && found.failed === 0) found.failed = 1;
  if (found.failed > named.length) failures.push(`${name}: see above`);
  counts.push(found);
}

function timed(name: string, work: () => number): number {
  process.stdout.write(`\n── ${name}${isSoak ? ' (soak)' : ''}\n`);
  const begun = performance.now();
  const code = work();
  process.stdout.write(`── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${secondsSince(begun)} s\n`);
  return code;
}

/** Reads either runner's JSON report. */
function readReport(report: Record<string, unknown>): Counts {
  const { stats } = report;
  if (typeof stats === 'object' && stats !== null) {
    const of = numbersOf(stats);
    return { passed: of('expected'), failed: of('unexpected') + of('flaky'), skipped: of('skipped') };
  }
  const of = numbersOf(report);
  return {
    passed: of('numPassedTests'),
    failed: of('numFailedTests'),
    skipped: of('numPendingTests') + of('numTodoTests'),
  };
}

/** The name and the reason of every test that failed, wherever in either runner's report it stands. */
function failuresIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(failuresIn);
  if (typeof node !== 'object' || node === null) return [];
  const of = new Map<string, unknown>(Object.entries(node));
  if (of.get('status') === 'failed' && of.has('fullName'))
    return [`${of.get('fullName')}\n${String(of.get('failureMessages')).slice(0, 1500)}`];
  if (of.get('ok') === false && of.has('title'))
    return [`${of.get('title')} (${of.get('file')})\n${JSON.stringify(of.get('tests')).slice(0, 1500)}`];
  return [...of.values()].flatMap(failuresIn);
}

function numbersOf(record: object): (name: string) => number {
  const entries = new Map<string, unknown>(Object.entries(record));
  return (name) => Number(entries.get(name) ?? 0);
}

function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

function soakEnv(): Record<string, string> {
  return isSoak ? { SOAK: '1' } : {};
}

function secondsSince(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(1);
}
