import { expect, test } from 'vitest';
import { placesOf, sources } from './sources.ts';

/** Where history, audit and outbox are written for everybody. */
const writers = /^functions\/ground\/(?:decision|history|audit|outbox)\//;

/** Who writes a row of history or mail in another way, and why a decision cannot say it. */
const exceptions: Readonly<Record<string, string>> = {
  'functions/money/accounts/plan-change.ts':
    'an account is planned purely, without a context; the line is the lock of the same batch',
  'functions/circle/club/drops/statements.ts':
    'who gets a piece is decided by the batch itself, under the lock',
  'functions/circle/club/panel/ask-panel.ts': 'a mail to everybody who has answered by the time of the batch',
  'functions/money/programme/audience.ts':
    'who comes into a segment is decided by the unit itself, for many at once',
  'functions/people/sign-in/claim-customer.ts':
    'a line for each account somebody belongs to by the time of the batch',
};

const builders = /\b(?:insertHistory|appendHistory|moveHistory|insertAuditLine|queueMail)\(/g;
const rows =
  /INSERT INTO "?(?:history|audit_log|outbox)\b|insertInto\(\s*(?:history|auditLog|outbox)\b|SET history_seq = history_seq \+ 1/g;

const pathsOf = (pattern: RegExp) => {
  const others = sources.filter(({ path }) => path.startsWith('functions/') && !writers.test(path));
  return [...new Set(placesOf(pattern, others).map((place) => place.replace(/:.*/s, '')))];
};

test('history, audit and mail are written by decisions: return one instead of statements', () => {
  const paths = new Set([...pathsOf(builders), ...pathsOf(rows)]);
  expect([...paths].sort()).toEqual(Object.keys(exceptions).sort());
});

test('what is decided anew is decided by retrying: call it instead of looping over refusals', () => {
  const loops = sources.filter(
    ({ path, text }) =>
      path.startsWith('functions/') &&
      !writers.test(path) &&
      /\b(?:isConflictOn|isContention)\(/.test(text) &&
      /\b(?:tries|attempts) ?[+<>]|\b(?:TRIES|ATTEMPTS)_MAX\b/.test(text),
  );
  expect(loops.map(({ path }) => path)).toEqual([]);
});

test('"nothing to do" is a value: no class of errors stands in an operation', () => {
  const classes = placesOf(
    /class \w+ extends (?:App)?Error\b/g,
    sources.filter(({ path }) => path.startsWith('functions/')),
  );
  expect(classes.map((place) => place.replace(/: class (\w+).*/, ' $1'))).toEqual([
    'functions/desk/cli/command.ts UsageError',
    'functions/desk/cli/command.ts CliError',
    'functions/ground/platform/config.ts ConfigError',
    'functions/ground/platform/errors.ts AppError',
    'functions/ground/platform/file-store.ts FilesUnavailable',
    'functions/ground/platform/reason-of.ts SaidFailure',
    'functions/money/accounts/change-account.ts SeenAtFirst',
    'functions/people/mail/incoming/fetch-mail.ts NotFetchedYet',
  ]);
});
