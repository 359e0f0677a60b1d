import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isSafe } from 'redos-detector';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { repository } from '../support/process.ts';

/** Patterns the detector cannot vouch for, each with the reason why it cannot search for long. */
const bounded: Record<string, string> = {
  'db/migrate.ts /ALTER TABLE `__new_(\\w+)` RENAME TO/g':
    'reads our own migrations, which come with the release',
  'functions/ground/personal/mask-text.ts /"(?:[^"\\\\]|\\\\.)*"(\\s*:)?/gs':
    'reads JSON that was parsed: each quote closes, and is read once',
  'functions/ground/platform/fill-words.ts /\\{(\\w+)\\}/g':
    'looks through our own sentences, which come with the release',
  'functions/people/mail/incoming/split-quoted.ts /<[^<>]*>/g':
    'a try ends at the next `<`, and another begins nowhere else, so that nothing is read twice',
  'functions/reach/imports/runs/search-file.ts /<[^<>]*>/g':
    'a try ends at the next `<`, and another begins nowhere else, so that nothing is read twice',
  'functions/reach/imports/write-rejected.ts /\\x1f(\\{[^\\x1f\\n]*\\})\\x1f/g':
    'a try ends at the next mark, and another begins nowhere else, so that nothing is read twice',
  'src/service-worker/assets.ts /(?:src|href)="(\\/(?:_astro|logo)\\/[^"?#]+)"/g':
    'reads pages of our own; a try ends at the next quote, and another begins nowhere else',
  'src/words/texts.ts /\\{\\w+\\}/g': 'looks through our own titles of mails, which come with the release',
  'src/form-tokens.ts /<form\\b[^<>]*>/gi':
    'a try ends at the next `<`, and another begins nowhere else, so that nothing is read twice',
};

test('no regular expression can be made to search for long', { timeout: 120_000 }, () => {
  const doubtful = sources().flatMap((path) =>
    patternsOf(path)
      .filter(isDoubtful)
      .map((text) => `${path} ${text}`),
  );
  expect(doubtful.toSorted()).toEqual(Object.keys(bounded).toSorted());
});

function sources(): string[] {
  const listed = execFileSync('git', ['ls-files', 'functions', 'src', 'db'], {
    cwd: repository,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((path) => /\.(ts|astro)$/.test(path));
}

/** The literals of a file; of a page those of its code. */
function patternsOf(path: string): string[] {
  const text = readFileSync(`${repository}${path}`, 'utf8');
  const code = path.endsWith('.astro') ? (text.split(/^---$/m)[1] ?? '') : text;
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest));
  return found;
}

/** The detector knows neither ignoring of case beside `u` nor the newest flags; both make no search longer. */
function isDoubtful(literal: string): boolean {
  const end = literal.lastIndexOf('/');
  const flags = literal.slice(end + 1);
  const pattern = new RegExp(literal.slice(1, end), flags.includes('u') ? flags.replace('i', '') : flags);
  return !isSafe(pattern, { maxScore: 60, maxSteps: 20_000 }).safe;
}
