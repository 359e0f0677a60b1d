import { AppError } from '../../ground/platform/errors.ts';

/** Where a file breaks which rule. */
export interface BrokenRule {
  file: string;
  /** The physical line; the first is 1. */
  line: number;
  /** Null where the rule is about the row. */
  column: string | null;
  rule: string;
}

/** The refusal of a whole archive: one row of it is wrong, and nothing was written. */
export function brokenRule({ file, line, column, rule }: BrokenRule): AppError {
  const where = column === null ? `${file}, line ${line}` : `${file}, line ${line}, ${column}`;
  const message = `${where}: ${rule}.`;
  return new AppError('validation_failed', `${message} Nothing was brought in.`, {
    errors: [
      { path: column === null ? `${file}:${line}` : `${file}:${line}.${column}`, code: 'archive', message },
    ],
  });
}
