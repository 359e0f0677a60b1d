import type { Chosen } from './choose-columns.ts';
import type { ColumnFacts } from './column-facts.ts';
import type { FileOrderFacts } from './order-facts.ts';
import type { FileFacts } from './read-facts.ts';

/** A map to begin with. */
export interface Guess {
  /** As JSON, for `--map`. */
  map: GuessedMap;
  /** Why it says what it says, a sentence for each thing that was told by the file. */
  because: string[];
  /** What could not be told; where it is required, the map lacks it. */
  open: string[];
}

export interface GuessedMap {
  columns: Record<string, string | string[]>;
  [key: string]: unknown;
}

/** One thing that a file told. */
export interface Finding {
  columns?: GuessedMap['columns'];
  keys?: Record<string, unknown>;
  because?: string[];
  open?: string[];
}

/** What the finders look at. */
export interface GuessEvidence {
  file: FileFacts;
  chosen: Chosen;
  orders: FileOrderFacts;
  /** The currency of the business, or the one that was asked for; null when there is none. */
  currency: string | null;
  timeZone: string;
  factsOf(column: keyof Chosen): ColumnFacts | null;
}

/** A header as messages name it. */
export function quote({ header }: Pick<ColumnFacts, 'header'>): string {
  return `"${header.slice(0, 60)}"`;
}
