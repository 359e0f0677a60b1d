import { spawnSync } from 'node:child_process';

/** Runs one of the project's programs with its output shown; returns its exit code. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): number {
  const quiet = { ASTRO_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', DO_NOT_TRACK: '1' };
  const path = `node_modules/.bin:${process.env.PATH}`;
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...quiet, PATH: path, ...env },
  });
  if (error) throw error;
  return status ?? 1;
}

/** Compiles the message catalogues to `src/paraglide`, which pages and their types import. */
export function compileMessages(): number {
  return run('paraglide-js', [
    'compile',
    ...['--project', './project.inlang', '--outdir', './src/paraglide', '--silent'],
    ...['--output-structure', 'locale-modules', '--emit-ts-declarations', '--no-emit-readme'],
  ]);
}
