/** Why a mail was not sent, as the outbox keeps it; the portal shows it all the same. */
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
  /** Staff let it be. */
  | 'dropped';
