import { readFileSync } from 'node:fs';
import { runCli } from '../../functions/desk/cli/run-cli.ts';
import { portal } from '../../src/portal.config.ts';

/**
 * One command of the command line. Usage: node command-once.ts WORDS…; the last line of standard output is JSON of its
 * seconds, its processor time, the most anonymous memory in MB, and the exit code.
 */
const started = performance.now();
let anonymous_kb = 0;
const sampling = setInterval(sample, 100);
const code = await runCli(process.argv.slice(2), {
  defaults: portal,
  loadHouse: async () => (await import('../../functions/rooms.ts')).house,
});
clearInterval(sampling);
sample();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({ seconds, cpu_s: (user + system) / 1e6, anonymous_mb: anonymous_kb / 1024, code })}\n`,
);

function sample(): void {
  const status = readFileSync('/proc/self/status', 'utf8');
  anonymous_kb = Math.max(anonymous_kb, Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0));
}
