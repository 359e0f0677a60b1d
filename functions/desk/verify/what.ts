import { type About, fillWords } from '../../ground/platform/fill-words.ts';

/**
 * What can differ, in the words of the command line; a name in braces is what it is about. The pages have their own words
 * for each: `src/words/proof.ts`.
 */
export const whatWords = {
  account: 'account',
  account_balance: 'balance',
  account_conservation: 'conservation',
  account_first_placed: 'first placed',
  account_history: 'history',
  account_history_rows: 'history rows',
  account_ledger_hash: 'ledger hash',
  account_ledger_length: 'ledger length',
  account_orders: 'orders in {currency}',
  account_replay: 'ledger can be replayed',
  account_spend: 'spend in {currency}',
  account_stray_counts: 'counted rows without an order',
  account_times_in_club: 'times in the club',
  account_times_in_segments: 'times in segments',
  bonus: 'bonus for {cause}',
  counted: 'order {order} counted by {rule}',
  counted_early: 'order {order} counted by {rule} settled early',
  entry: 'ledger {entry}',
  entry_balance: 'ledger {entry} balance after',
  entry_cause: 'cause of ledger {entry}',
  entry_currency: 'ledger {entry} currency',
  entry_explanation: 'ledger {entry} explanation',
  entry_hash: 'ledger {entry} hash',
  entry_place: 'ledger {entry} place',
  entry_rule: 'ledger {entry} rule',
  facts_counted: 'facts counted up to',
  facts_habits: 'facts',
  facts_marks: 'facts of what was told',
  facts_of_category: 'facts of category {key}',
  facts_of_day: 'facts of {key}',
  facts_of_levels: 'facts of levels',
  facts_of_year: 'facts of the last 365 days {key}',
  figures: 'figures of {key}',
  lot: 'lot {entry}',
  order_cancelled: 'order {order} cancelled',
  order_delivered_at: 'order {order} delivered at',
  order_delivered_on: 'order {order} delivered on',
  order_discount: 'order {order} discount',
  order_first_product: 'order {order} first product',
  order_line_refunded: 'order {order} line {line} refunded',
  order_lines: 'order {order} lines',
  order_on_hold: 'order {order} on hold',
  order_refunded: 'order {order} refunded',
  order_status: 'order {order} status',
  order_status_at: 'order {order} status at',
  order_status_on: 'order {order} status on',
  order_total: 'order {order} total',
  posted: 'posted for {key}',
  sale: 'waiting sale {order}',
  stray_adjustment: 'adjustment without its entry',
  stray_cancellation: 'cancellation of no voucher',
  stray_follower: 'follower beyond the newest change',
  stray_history: 'history that is not in the feed, or twice',
  stray_order: 'order under another root than its account',
  stray_reversal: 'reversal of another account',
  stray_rows: '{table} of no account',
  stray_sale: 'order that waits as a sale of nobody, too',
  stray_use: 'voucher used beyond its worth, or of another account',
  stray_voucher: 'voucher unlike its redemption',
  total_posted: 'total {key} posted',
  total_settled: 'total {key} settled',
  total_spend: 'total {key} spend',
} as const;

export type WhatCode = keyof typeof whatWords;

export interface What {
  code: WhatCode;
  /** `order`, `entry` and so on, by the names in its words. */
  of: About;
}

/** As the command line says it, such as `order till/A-17 refunded`. */
export function whatText({ code, of }: What): string {
  return fillWords(whatWords[code], of);
}

/** How it is kept. */
export const keepWhat = (what: What): string => JSON.stringify(what);

/** As it was kept; null for what an earlier release kept as a text. */
export function readWhat(kept: string): What | null {
  return kept.startsWith('{') ? JSON.parse(kept) : null;
}
