import type { Channel, Topic } from '../../ground/outbox/topics.ts';

/** What somebody said about a topic and a channel. */
export interface Wish {
  isOn: boolean;
  /** The business day on which it begins again. */
  pausedUntil: string | null;
  /** How often within thirty days at the most. */
  monthMax: number | null;
}

/** What is known of a customer when they might be told of a topic by a channel. */
export interface ReaderFacts {
  hasLeft: boolean;
  /** Why their address takes no mail. */
  suppressed: readonly ('bounced' | 'complained')[];
  /** Null while they said nothing. */
  wish: Wish | null;
  agreedToNews: boolean;
  pausedUntil: string | null;
  /** Whether they want offers; null while they said nothing. */
  offers: boolean | null;
  /** How much within seven days at the most, by their own word or the business's. */
  weekMax: number;
  /** What reached them unasked within seven days, by whatever channel. */
  thisWeek: number;
  /** What of this topic reached them by this channel within thirty days. */
  thisMonth: number;
}

/** What they might be told; what was not asked for and is not owed is limited. */
export interface ToldAbout {
  topic: Topic;
  channel: Channel;
  isLimited: boolean;
  /** Of what sells something: to whom. Left out, it sells nothing. */
  sale?: { isToPremium: boolean };
}

/** Why somebody is not told, in the order in which it is asked. */
export const refusals = [
  'bounced',
  'left',
  'complained',
  'declined',
  'premium',
  'paused',
  'month_full',
  'week_full',
] as const;
export type NotToldReason = (typeof refusals)[number];

export type Verdict =
  | { may: true }
  | {
      may: false;
      because: NotToldReason;
      /** The day on which a pause is over. */
      until: string | null;
      /** The limit that is reached. */
      most: number | null;
    };

/**
 * Whether a customer may be told of a topic by a channel on a business day (DOMAIN §6). What answers them or is owed to them is
 * stopped by an address that bounces, and by nothing else; a limit stops only what nobody asked for.
 */
export function verdictOf(
  known: ReaderFacts,
  { topic, channel, isLimited, sale }: ToldAbout,
  today: string,
): Verdict {
  const isBlocked = (why: 'bounced' | 'complained') => channel === 'mail' && known.suppressed.includes(why);
  if (isBlocked('bounced')) return refuse('bounced');
  if (topic === 'service') return { may: true };
  if (known.hasLeft) return refuse('left');
  if (isBlocked('complained')) return refuse('complained');
  if (!isWanted(topic, known)) return refuse('declined');
  const noOffer = sale === undefined ? null : offerRefusal({ ...sale, offers: known.offers });
  if (noOffer !== null) return refuse(noOffer);
  const until = laterOf(known.pausedUntil, known.wish?.pausedUntil ?? null);
  if (until !== null && today < until) return refuse('paused', { until });
  if (!isLimited) return { may: true };
  const most = known.wish?.monthMax ?? null;
  if (most !== null && known.thisMonth >= most) return refuse('month_full', { most });
  if (known.thisWeek >= known.weekMax) return refuse('week_full', { most: known.weekMax });
  return { may: true };
}

/** Why somebody is offered nothing: premium customers are thanked and looked after, and sold to where they asked for it alone. */
export function offerRefusal({
  isToPremium,
  offers,
}: {
  isToPremium: boolean;
  offers: boolean | null;
}): 'declined' | 'premium' | null {
  if (offers === false) return 'declined';
  return isToPremium && offers !== true ? 'premium' : null;
}

/** News has to be agreed to, everything else ends when it is switched off. */
function isWanted(topic: Topic, { wish, agreedToNews }: Pick<ReaderFacts, 'wish' | 'agreedToNews'>): boolean {
  return topic === 'news' ? agreedToNews : (wish?.isOn ?? true);
}

/** Of two days until which something is put off, the one that is further away. */
function laterOf(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function refuse(because: NotToldReason, { until = null, most = null }: Partial<Limits> = {}): Verdict {
  return { may: false, because, until, most };
}

interface Limits {
  until: string | null;
  most: number | null;
}
