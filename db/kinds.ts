/** What the columns of these names hold, for the schema and for the rules, which know no database. */

export const caseEventKinds = [
  'opened',
  'assigned',
  'cause_set',
  'noted',
  'answered',
  'waiting_for_customer',
  'customer_wrote',
  'goodwill_given',
  'resolved',
  'reopened',
  'closed',
] as const;

export const causeEventKinds = [
  'opened',
  'placed',
  'given',
  'due_set',
  'step_added',
  'step_done',
  'step_dropped',
  'step_reopened',
  'changed',
  'declined',
  'reworded',
  'reopened',
  'came_back',
] as const;

export const entryKinds = [
  'earn',
  'clawback',
  'redeem',
  'reversal',
  'expire',
  'unexpire',
  'bonus',
  'bonus_reversal',
  'adjust',
  'forgive',
] as const;

/**
 * What an entry was written with where that was not the programme alone: two customers made one or two again, an order brought to
 * another account, something given back, an order cancelled or held.
 */
export const entryReasons = ['merge', 'split', 'move', 'return', 'cancellation', 'hold'] as const;

/** What the figures know ledger entries by: their kinds, and `moved` for those by which orders and credit changed accounts. */
export const movementKinds = [...entryKinds, 'moved'] as const;

/** Who waits for an answer: by the kind of feedback they told, or by a contact of theirs. */
export const standardKinds = [
  'complaint',
  'problem',
  'question',
  'idea',
  'praise',
  'survey',
  'contact',
] as const;

/** How it came: feedback by the first five, a contact by the others. */
export const standardChannels = [
  'portal',
  'till',
  'api',
  'survey',
  'mention',
  'phone',
  'mail',
  'message',
  'meeting',
  'visit',
  'post',
] as const;
