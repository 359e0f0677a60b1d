import { execFileSync } from 'node:child_process';
import manifest from '../../db/migrations/manifest.json' with { type: 'json' };
import { repository } from '../support/process.ts';

/** A state of the product that filled databases: a release, or the code before a migration came. */
export interface Former {
  name: string;
  /** The commit, and those before it in case its code does not run. */
  commits: readonly string[];
  /** Its code has to run. A commit on the way from one release to the next need not. */
  isRelease: boolean;
}

/** The first commit whose databases are kept: `0000_foundation.sql` has been the same since. */
const firstKept = 'a8dfe6b5ec7b0a799974f49adc1b09c8aa3004e6';
/** How far back code that runs is looked for. */
const TRIES = 5;

/**
 * What databases have to come from, as git tells it, so that a release has to be added nowhere: every tag `v…`, the first
 * commit that counts, and the last one before each migration unless a release stands there. The newest come first.
 * @returns why some or all are missing in this copy of the repository as well; null when none is
 */
export function findFormer(): { former: Former[]; missing: string | null } {
  if (git('rev-parse', '--git-dir') === null) return { former: [], missing: 'there is no git history here' };
  const releases = lines(git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname')).map(
    (name) => ({ name, commits: [name], isRelease: true }),
  );
  const known = new Set(releases.map(({ name }) => migrationsOf(name)));
  const between = manifest
    .slice(1)
    .flatMap((migration) => before(migration.name))
    .filter(({ commits: [commit = ''] }) => isNew(known, migrationsOf(commit)))
    .toReversed();
  const isFirstHere = git('cat-file', '-e', `${firstKept}^{commit}`) !== null;
  const first = isFirstHere ? [{ name: firstKept.slice(0, 7), commits: [firstKept], isRelease: true }] : [];
  return {
    former: [...releases, ...first, ...between],
    missing: isFirstHere ? null : `commit ${firstKept.slice(0, 7)} is not in this clone`,
  };
}

/** The last commits before a migration was added; while it is not committed, the newest there are. */
function before(name: string): Former[] {
  const added = lines(git('log', '-1', '--diff-filter=A', '--format=%H', '--', `db/migrations/${name}`));
  const last = added[0] === undefined ? 'HEAD' : `${added[0]}^`;
  const commits = lines(git('rev-list', `--max-count=${TRIES}`, last, '--'));
  return commits.length === 0 ? [] : [{ name: `before ${name.slice(0, 4)}`, commits, isRelease: false }];
}

const migrationsOf = (commit: string) => git('ls-tree', '--name-only', commit, 'db/migrations/') ?? '';

function isNew(known: Set<string>, migrations: string): boolean {
  if (known.has(migrations)) return false;
  known.add(migrations);
  return true;
}

/** What git answers, null when it refuses. */
function git(...words: string[]): string | null {
  try {
    return execFileSync('git', words, {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

const lines = (text: string | null) => (text ?? '').split('\n').filter((line) => line !== '');
