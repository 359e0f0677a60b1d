import type { Locale } from '../../ground/identity/languages.ts';
import type { Amount } from '../../ground/platform/money.ts';

/**
 * A paper as it is laid out, whatever it is written as: page, file of rows and PDF say what stands here, so that they say the same
 * to the cent.
 */
export interface PaperSheet {
  language: Locale;
  title: string;
  parties: readonly SheetParty[];
  facts: readonly { label: string; value: string }[];
  columns: readonly SheetColumn[];
  groups: readonly SheetGroup[];
  sums: readonly SheetSum[];
  notes: readonly string[];
  /** `{page}`, `{pages}` */
  pageWords: string;
  /** Columns that a file has before the others, with what stands in each of its rows. */
  inFile: readonly { label: string; value: string }[];
  /** What a file calls the currency of its amounts. */
  currencyWords: string;
}

export interface SheetParty {
  title: string;
  lines: readonly string[];
}

export interface SheetColumn {
  key: string;
  label: string;
  /** Figures stand to the right. */
  isFigure: boolean;
  /** Takes the room that others leave. */
  isWide?: true;
}

export interface SheetGroup {
  title: string | null;
  rows: readonly (readonly SheetCell[])[];
  /** What its rows come to, where that is told. */
  sums: readonly SheetSum[];
}

/** Text, an amount, a number that is none, or nothing. */
export type SheetCell = string | Amount | SheetNumber | null;

/** A number as a file writes it, and as people read it. */
export interface SheetNumber {
  digits: string;
  shown: string;
}

export interface SheetSum {
  label: string;
  amount: Amount;
  isTotal?: true;
  /** Told beside the sums, and part of none. */
  isBeside?: true;
}
