import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { repository } from '../support/process.ts';

export interface Source {
  path: string;
  text: string;
}

/** The files of the product that git knows, or will know. */
export const sources: readonly Source[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'functions', 'languages', 'src', 'db'],
  { cwd: repository, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => /\.(ts|astro)$/.test(path) && existsSync(repository + path))
  .map((path) => ({ path, text: readFileSync(repository + path, 'utf8') }));

/** Each place where a pattern stands, as `path: what stands there`. */
export function placesOf(pattern: RegExp, among = sources): string[] {
  return among.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

export interface Import {
  from: string;
  to: string;
}

const importing = /(?:\bfrom|\bimport\s*\(|^import)\s*'(\.\.?\/[^']+)'/gm;

/** What imports what, types included; generated files are left out. */
export const imports: readonly Import[] = sources.flatMap(({ path, text }) =>
  [...text.matchAll(importing)]
    .map(([, to = '']) => ({ from: path, to: posix.join(posix.dirname(path), to) }))
    .filter(({ to }) => !to.startsWith('src/paraglide')),
);
