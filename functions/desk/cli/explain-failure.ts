import { MigrationError } from '../../../db/migrate.ts';
import { StoreConflict, StoreUnavailable } from '../../../db/store.ts';
import { ConfigError } from '../../ground/platform/config.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { CliError } from './command.ts';

/** What went wrong in sentences, without a stack: the message, then one line per wrong field. */
export function explainFailure(error: unknown): string[] {
  if (error instanceof AppError) {
    const fields = error.errors
      .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
      .filter((line) => !error.message.includes(line) && `${line.replace(': ', ' ')}.` !== error.message);
    return [error.message, ...fields.map((line) => `  ${line}`)];
  }
  if (error instanceof CliError) return [error.message];
  if (error instanceof ConfigError) return [`A setting is wrong. ${error.message}`];
  if (error instanceof MigrationError) return [`The database cannot be migrated: ${error.message}.`];
  if (error instanceof StoreUnavailable) return [unavailable(error.code)];
  if (error instanceof StoreConflict) return [`The database refused: ${error.rule}.`];
  if (!(error instanceof Error)) return ['Something went wrong.'];
  return [fileProblem(error) ?? databaseProblem(error) ?? `Something went wrong: ${error.message}`];
}

function unavailable(code: string): string {
  if (code === 'SQLITE_BUSY') return 'Another process is using the database. Try again.';
  if (code === 'HELD_BACK') return 'An archive is being brought in; try again in a few minutes.';
  if (code === 'SQLITE_FULL') return 'The disk is full, so nothing was written.';
  return `The database does not answer (${code}); check DATABASE_URL and try again.`;
}

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'access is denied',
  EISDIR: 'that is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  ENOSPC: 'the disk is full',
  EEXIST: 'it exists already',
};

function fileProblem(error: Error): string | null {
  if (!('code' in error) || typeof error.code !== 'string') return null;
  if (error.code === 'EADDRINUSE') return `${error.message}: something else listens there; set PORT.`;
  const problem = fileProblems[error.code];
  if (problem === undefined) return null;
  const path = 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : '';
  return `The file${path} cannot be used: ${problem}.`;
}

function databaseProblem(error: Error): string | null {
  if (/not a database|malformed/.test(error.message))
    return 'The database file is damaged, or it is not a database.';
  if (/unable to open database/i.test(error.message))
    return 'The database file cannot be opened; check DATABASE_URL and its folder.';
  return null;
}
