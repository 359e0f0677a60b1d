/** Why a mail was not sent, as the outbox keeps it; the portal shows it all the same, but for {@link hiddenReasons}. */
export type WithheldReason =
  /** The code in it is over. */
  | 'challenge_over'
  | 'recipient_gone'
  | 'bounced'
  | 'left'
  | 'complained'
  /** Its reader does not want its topic. */
  | 'topic_off'
  | 'paused'
  | 'month_full'
  | 'week_full'
  /** What it is a part of was stopped by staff. */
  | 'stopped'
  /** Its reader had it already, under a record that is theirs by now. */
  | 'told_before'
  /** A sales message to one of the group that is thanked, not sold to. */
  | 'premium'
  /** Staff let it be. */
  | 'dropped';

/** What was let be for these its reader was not meant to have, so the portal does not show it either. */
export const hiddenReasons = [
  'stopped',
  'told_before',
  'premium',
] as const satisfies readonly WithheldReason[];
