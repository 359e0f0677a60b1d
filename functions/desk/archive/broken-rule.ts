import type { AppError } from '../../ground/platform/errors.ts';
import { type About, fillWords } from '../../ground/platform/fill-words.ts';
import { cellRules } from '../../ground/tables/cells.ts';
import { refusedFile } from '../../reach/imports/refused-file.ts';

/**
 * What may be wrong with a row, in the words of the command line and the API; a name in braces is what it is about. The pages
 * have their own words for each: `src/words/failures.ts`.
 */
export const rowRules = {
  ...cellRules,
  not_object: 'is not a JSON object',
  broken_quotes: 'has broken quotes',
  row_cells: 'has {cells} cells, and the head has {columns}',
  no_column: 'is no column of {table}',
  stands_twice: 'stands twice',
  no_parent: 'names a row of {table} that is not in the archive',
  miscounted:
    'is not the number of its rows of {table}: the archive is torn, it was written while something was recorded',
  check: 'breaks the rule {name}',
  refused: 'is refused: {name}',
} as const;
export type RowRule = keyof typeof rowRules;

/** Where a file breaks which rule. */
export interface BrokenRule {
  file: string;
  /** The physical line; the first is 1. */
  line: number;
  /** Null where the rule is about the row. */
  column: string | null;
  rule: RowRule;
  of?: About;
}

/** The refusal of a whole archive: one row of it is wrong, and nothing was written. */
export function brokenRule({ file, line, column, rule: broken, of = {} }: BrokenRule): AppError {
  const where = column === null ? `${file}, line ${line}` : `${file}, line ${line}, ${column}`;
  const rule = fillWords(rowRules[broken], of);
  const message = `${where}: ${rule}.`;
  return refusedFile(
    'archive_row',
    { ...of, where, rule, broken, file, line, column: column ?? '' },
    {
      errors: [
        { path: column === null ? `${file}:${line}` : `${file}:${line}.${column}`, code: 'archive', message },
      ],
    },
  );
}
