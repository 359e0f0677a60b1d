import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programEnv, repository } from '../support/process.ts';

/** The code of a commit, in a folder of its own, as its users call it. */
export interface FormerCode {
  folder: string;
  /** Runs its command line and answers what it printed. @throws {Error} when it does not end well */
  regulars: (databasePath: string, ...words: string[]) => Promise<string>;
  remove: () => void;
}

/** Why the code of a commit cannot be tried here. */
export class NotHere extends Error {}

/**
 * Takes the code of a commit out of git and makes it run. It gets this release's modules, as long as these cover what it
 * names; else its own are installed if `mayInstall`. Messages are compiled without their types, which take the longest.
 * @throws {NotHere} when its modules would have to be installed
 */
export async function takeOut(commit: string, { mayInstall }: { mayInstall: boolean }): Promise<FormerCode> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-former-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const index = { GIT_INDEX_FILE: join(folder, '.index') };
    await run('git', ['read-tree', commit], { cwd: repository, env: index });
    await run('git', ['checkout-index', '--all', `--prefix=${folder}/`], { cwd: repository, env: index });
    const product = productOf(folder);
    if (covers(productOf(repository), product))
      symlinkSync(`${repository}node_modules`, join(folder, 'node_modules'));
    else if (mayInstall) await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, env: {} });
    else throw new NotHere('it needs other modules, which the long version installs');
    await run(
      'paraglide-js',
      [
        ...['compile', '--project', './project.inlang', '--outdir', './src/paraglide', '--silent'],
        ...['--output-structure', 'locale-modules', '--no-emit-readme'],
      ],
      { cwd: folder, env: {} },
    );
    const [, ...command] = product.command.split(' ');
    return {
      folder,
      regulars: (databasePath, ...words) =>
        run('node', [...command, ...words], {
          cwd: folder,
          env: { DATABASE_URL: `file:${databasePath}`, DEMO: 'off' },
        }),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

interface Product {
  command: string;
  dependencies: ReadonlyMap<string, string>;
}

function productOf(folder: string): Product {
  const { scripts, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return {
    command: String(scripts.regulars),
    dependencies: new Map(Object.entries(dependencies).map(([name, version]) => [name, String(version)])),
  };
}

/** Whether every module is there in a version that, by its number, can stand for the wanted one. */
function covers(here: Product, wanted: Product): boolean {
  return [...wanted.dependencies].every(
    ([name, version]) => lineOf(here.dependencies.get(name)) === lineOf(version),
  );
}

/** The part of a version within which nothing breaks: `4` of 4.6.7, `0.45` of 0.45.4. */
const lineOf = (version = '') => /^(?:0\.\d+|\d+)/.exec(version)?.[0];

async function run(
  command: string,
  words: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, words, {
    cwd,
    env: programEnv(env),
    maxBuffer: 64 * 2 ** 20,
  });
  return stdout;
}
