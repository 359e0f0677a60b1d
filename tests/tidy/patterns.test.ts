import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isSafe } from 'redos-detector';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { repository } from '../support/process.ts';

/** Patterns the detector cannot vouch for, each with the reason why its input stays short or has no such form. */
const bounded: Record<string, string> = {
  'db/migrate.ts /ALTER TABLE `__new_(\\w+)` RENAME TO/g': 'reads our own migrations',
  'functions/backup/drafts.ts /\\.(\\d+)\\.draft(?:-wal|-shm|-journal)?$/':
    'reads names of files beside the database',
  'functions/imports/localised-amount.ts /,\\d{1,2}\\D*$/': 'reads a cell of the owner’s file',
  'functions/imports/tills/date-order.ts /,\\d{1,2}\\D*$/': 'reads a cell of the owner’s file',
  'functions/imports/tills/etsy.ts /\\s*\\([^()]*\\)\\s*$/': 'reads a cell of the owner’s file',
  'functions/imports/tills/etsy.ts /\\(([^()]+)\\)\\s*$/': 'reads a cell of the owner’s file',
  'functions/imports/workbook-thread.ts /\\.?0+$/': 'reads a number that was written by us',
  'src/form-tokens.ts /<form\\b[^<>]*\\bmethod="post"[^<>]*>/gi':
    'reads our own pages, where text of others is escaped',
  'src/words/order.ts /\\/account\\/orders\\/([^/?#]+)\\/([^/?#]+)/':
    'each part ends at a slash, so that none is read twice',
  'functions/platform/reason-of.ts /(?:functions|db)\\/[\\w/-]+\\.ts:\\d+/':
    'reads the stack of an error of ours',
};

test('no regular expression can be made to search for long', { timeout: 120_000 }, () => {
  const doubtful = sources().flatMap((path) =>
    patternsOf(path)
      .filter(isDoubtful)
      .map((text) => `${path} ${text}`),
  );
  expect(doubtful.filter((found) => bounded[found] === undefined)).toEqual([]);
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
