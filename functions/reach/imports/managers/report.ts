import type { ToldReason } from '../reason.ts';

/** What an import of account managers did. `line` counts physical lines, the header is 1. */
export interface ManagersReport {
  /** Accounts that came into other hands, or would. */
  given: number;
  /** In these hands already. */
  same: number;
  /** Those that rules gave, and that are in these hands still: rules decide about them. */
  byRule: number;
  lines: number;
  /** Whose rows were left out, and why. */
  errors: ({ line: number; account: string } & ToldReason)[];
  /** How many were left out, also beyond those that are told. */
  rejected: number;
  /** Rows written out to be mended; absent where nobody asked for them. */
  rejectedRows?: number;
  seconds: number;
}
