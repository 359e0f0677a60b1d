import { reasonOf } from '../../ground/platform/reason-of.ts';

/** Something kept that is not what follows from orders, rules and causes. `expected` follows from them. */
export interface Difference {
  /** The root account's id; empty where a row belongs to no account. */
  account: string;
  /** What differs, such as `order till/A-17 refunded` or `ledger 4 hash`. */
  what: string;
  expected: string;
  found: string;
}

/** Collects the differences of one account. */
export interface Findings {
  list: Difference[];
  /** Notes a difference unless both are equal; null and absent are the same. */
  compare: (what: string, expected: Comparable, found: Comparable) => void;
}

type Comparable = string | number | bigint | boolean | null | undefined;

export function openFindings(account: string): Findings {
  const list: Difference[] = [];
  return {
    list,
    compare: (what, expected, found) => {
      // Nearly all are equal: texts are made of the few that are not the same already.
      if (expected === found) return;
      const [left, right] = [textOf(expected), textOf(found)];
      if (left !== right) list.push({ account, what, expected: left, found: right });
    },
  };
}

function textOf(value: Comparable): string {
  return value === null || value === undefined ? 'nothing' : String(value);
}

/** What is kept in a form that nobody can read. */
export function unreadable(account: string, what: string, error: unknown): Difference {
  return { account, what, expected: 'readable', found: reasonOf(error) };
}
