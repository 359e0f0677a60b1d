/**
 * The temporary database in which the rows of one file are sorted, apart from the portal's own. It holds personal data and
 * is gone after the import. Rows are lists of plain cells.
 */
export interface StagingDatabase {
  /** Sorting whole rows would take too much memory: their keys are sorted alone. */
  sortsKeys?: true;
  exec(sql: string): void;
  prepare(sql: string): StagingStatement;
}

export type StagingValue = string | number | null;

export interface StagingStatement {
  run(values: readonly StagingValue[]): void;
  /** The first row, a list of its cells; null where there is none. */
  get(values: readonly StagingValue[]): unknown;
  all(values: readonly StagingValue[]): unknown[];
  iterate(values: readonly StagingValue[]): Iterable<unknown>;
}

/** Hands an empty one to `use`, and sees to it that nothing of it is left. */
export type WithStagingDatabase = <T>(use: (db: StagingDatabase) => Promise<T>) => Promise<T>;
