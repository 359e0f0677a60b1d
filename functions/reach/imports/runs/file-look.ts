import type { GuessedMap } from '../guess/finding.ts';

/** What a file was found to be, for whoever decides how it is read. */
export interface FileLook {
  /** The kind of file, where its headers are known; null where a map has to read it. */
  title: string | null;
  headers: string[];
  /** The first rows as they stand in the file. */
  samples: string[][];
  /** Below the header. */
  rows: number;
  /** Of each column, by its place. */
  columns: ColumnLook[];
  /** A map to begin with: guessed from all rows, or as such a file was read last. */
  guess: GuessedMap | null;
  isRemembered: boolean;
}

/** What the cells of one column are like, counted. */
export interface ColumnLook {
  filled: number;
  emails: number;
  amounts: number;
  currencies: number;
  /** Amounts with a comma, or a point, before their decimals. */
  commas: number;
  points: number;
  /** Times that carry their time zone. */
  zoned: number;
  /** The forms of date that read most cells, with how many they read, best first. */
  dates: { form: string; cells: number }[];
}

/** By which files of one till are known again. */
export function headersText(headers: readonly string[]): string {
  return JSON.stringify(headers.map((header) => header.trim().toLowerCase()));
}
