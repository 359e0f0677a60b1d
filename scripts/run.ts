import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { catalogueList, catalogueTypes, gatherLanguages } from './languages.ts';
import { readTones, toneFolder } from './tones.ts';

/** Runs one of the project's programs with its output shown; returns its exit code. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): number {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: surroundings(env) });
  if (error) throw error;
  return status ?? 1;
}

/** As {@link run}, beside what is done meanwhile; what it says goes to a file. */
export function runBeside(command: string, args: readonly string[], log: string): Promise<number> {
  const out = openSync(log, 'w');
  const child = spawn(command, args, { stdio: ['ignore', out, out], env: surroundings({}) });
  closeSync(out);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function surroundings(env: Record<string, string>): NodeJS.ProcessEnv {
  const quiet = { ASTRO_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', DO_NOT_TRACK: '1' };
  const path = `node_modules/.bin:${process.env.PATH}`;
  return { ...process.env, ...quiet, PATH: path, ...env };
}

/**
 * Lists the languages and compiles their messages to `src/paraglide`, which pages and their types import; what is compiled
 * from the same messages already stays.
 * @throws {Error} when a language lacks a message
 */
export function compileMessages(): number {
  const codes = gatherLanguages('.');
  const tones = readTones('.');
  const stamp = stampOf([...codes, ...tones.map(toneFolder)]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0;
  const code = run('paraglide-js', [
    'compile',
    ...['--project', './project.inlang', '--outdir', './src/paraglide', '--silent'],
    ...['--output-structure', 'locale-modules', '--no-emit-readme'],
  ]);
  if (code !== 0) return code;
  writeFileSync('src/paraglide/catalogues.ts', catalogueList(codes, tones));
  const [first, ...others] = codes;
  writeFileSync(`src/paraglide/messages/${first}.d.ts`, catalogueTypes('.'));
  for (const other of [...others, ...tones.map(toneFolder)])
    writeFileSync(`src/paraglide/messages/${other}.d.ts`, `export * from './${first}.js';\n`);
  writeFileSync(stampFile, stamp);
  return code;
}

const stampFile = 'src/paraglide/compiled-from';

/** A hash of all that is compiled, and of what compiles it. */
function stampOf(folders: readonly string[]): string {
  const messages = folders.flatMap((name) => {
    const folder = `languages/${name}/messages`;
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  });
  const hash = createHash('sha256');
  for (const path of [...messages.sort(), ...compilers])
    hash.update(`${path}\n${readFileSync(path, 'utf8')}\n`);
  return hash.digest('hex');
}

const compilers = [
  'project.inlang/settings.json',
  'scripts/run.ts',
  'scripts/languages.ts',
  'scripts/messages.ts',
  'scripts/tones.ts',
  'node_modules/@inlang/paraglide-js/package.json',
];
