import type { Topic } from './letter-kind.ts';

/** Why a mail is not sent, in the order in which it is asked; the portal shows it all the same. */
const withheldReasons = [
  'challenge_over',
  'recipient_gone',
  'bounced',
  'left',
  'complained',
  'topic_off',
  'dropped',
] as const;
export type WithheldReason = (typeof withheldReasons)[number];

export interface Reach {
  topic: Topic;
  /** Somebody asked for it this minute, by its challenge. */
  isAskedFor: boolean;
  hasLeft: boolean;
  isTopicOn: boolean;
  suppressed: readonly ('bounced' | 'complained')[];
}

/**
 * Whether a mail may go out. What somebody asks for is always tried, since proving the address is how a bounce is
 * cleared. Nothing else goes to an address that bounced; whoever complained or left gets what is owed to them only.
 */
export function withheldBecause(reach: Reach): WithheldReason | null {
  if (reach.isAskedFor) return null;
  if (reach.suppressed.includes('bounced')) return 'bounced';
  if (reach.topic === 'service') return null;
  if (reach.hasLeft) return 'left';
  if (reach.suppressed.includes('complained')) return 'complained';
  return reach.isTopicOn ? null : 'topic_off';
}
