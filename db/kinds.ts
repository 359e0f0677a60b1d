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
