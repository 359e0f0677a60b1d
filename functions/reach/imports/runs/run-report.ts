import type { CustomersReport } from '../customers/report.ts';
import type { FeedbackReport } from '../feedback/report.ts';
import type { ImportReport } from '../report.ts';

/** What a run did or would do, in the same words for every kind of file. */
export interface RunReport {
  title: string | null;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  newCustomers: number;
  /** Rows of the file. */
  rows: number;
  /** Minor units of the business currency, and the entries that make them up; null where a file earns nothing. */
  rewards: { earned: number; entries: number } | null;
  leftOut: { reason: string; rows: number }[];
  /** The first refusals, to be shown. */
  errors: { line: number; subject: string | null; reason: string }[];
  seconds: number;
}

/** More are in the file of rejected rows. */
const ERRORS_KEPT = 50;

export function toldOfOrders({ file, orders, customers, lines, rewards, ...rest }: ImportReport): RunReport {
  return {
    title: file.title,
    ...orders,
    newCustomers: customers.created,
    rows: lines,
    rewards: { earned: Number(rewards.earned), entries: rewards.entries },
    leftOut: rest.leftOut,
    errors: rest.errors
      .slice(0, ERRORS_KEPT)
      .map(({ line, order, reason }) => ({ line, subject: order, reason })),
    seconds: rest.seconds,
  };
}

export function toldOfFeedback({ answers, customers, lines, errors, seconds }: FeedbackReport): RunReport {
  return {
    title: null,
    ...answers,
    updated: 0,
    newCustomers: customers.created,
    rows: lines,
    rewards: null,
    leftOut: [],
    errors: errors.slice(0, ERRORS_KEPT).map(({ line, id, reason }) => ({ line, subject: id, reason })),
    seconds,
  };
}

export function toldOfCustomers({ customers, lines, errors, seconds }: CustomersReport): RunReport {
  return {
    title: null,
    ...customers,
    newCustomers: customers.created,
    rows: lines,
    rewards: null,
    leftOut: [],
    errors: errors
      .slice(0, ERRORS_KEPT)
      .map(({ line, customer, reason }) => ({ line, subject: customer, reason })),
    seconds,
  };
}
