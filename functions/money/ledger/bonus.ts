import type { bonuses } from '../../../db/schema/index.ts';

/** What a bonus is for: the referral, the answer to a survey, the failed benefit of the club, the broken promise to a member, the wish on an occasion. */
export interface BonusCause {
  kind: (typeof bonuses.causeKind.enumValues)[number];
  id: string;
}

/** A bonus that stands, as its cause's own rows say. */
export interface OwedBonus {
  accountId: string;
  cause: BonusCause;
  amountMinor: bigint;
}
