import type { About } from '../../ground/platform/fill-words.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { type What, type WhatCode, whatText } from './what.ts';

/** Something kept that is not what follows from orders, rules and causes. `expected` follows from them. */
export interface Difference extends What {
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
  compare: (code: WhatCode, expected: Comparable, found: Comparable, of?: About) => void;
}

type Comparable = string | number | bigint | boolean | null | undefined;

export function openFindings(account: string): Findings {
  const list: Difference[] = [];
  return {
    list,
    compare: (code, expected, found, of = {}) => {
      // Nearly all are equal: texts are made of the few that are not the same already.
      if (expected === found) return;
      const [left, right] = [textOf(expected), textOf(found)];
      if (left !== right) list.push(differing({ code, of }, { account, expected: left, found: right }));
    },
  };
}

function textOf(value: Comparable): string {
  return value === null || value === undefined ? 'nothing' : String(value);
}

/** What is kept in a form that nobody can read. */
export function unreadable(account: string, what: What, error: unknown): Difference {
  return differing(what, { account, expected: 'readable', found: reasonOf(error) });
}

/** With the words of the command line. */
export function differing(what: What, sides: Pick<Difference, 'account' | 'expected' | 'found'>): Difference {
  return { ...sides, what: whatText(what), ...what };
}
