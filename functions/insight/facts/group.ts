/** One of three conversations (DOMAIN §5). */
export type ConversationGroup = 'enquirer' | 'buyer' | 'premium';

export const groups = ['enquirer', 'buyer', 'premium'] as const satisfies readonly ConversationGroup[];

/** How many purchase days somebody needs to be premium by what they spend. */
export const PREMIUM_DAYS_MIN = 3;

export interface GroupInputs {
  isInClub: boolean;
  orderCount: number;
  purchaseDays: number;
  /** Of the last 365 days. */
  yearSpendMinor: bigint;
}

export interface GroupFound {
  group: ConversationGroup;
  /** What makes premium: the club first; null for others. */
  by: 'club' | 'spend' | null;
}

/** `premiumFrom` is the least spend of the highest spenders; null where nobody spent anything. */
export function groupOf(inputs: GroupInputs, premiumFrom: bigint | null): GroupFound {
  if (inputs.isInClub) return { group: 'premium', by: 'club' };
  const isHigh = premiumFrom !== null && inputs.yearSpendMinor >= premiumFrom;
  if (isHigh && inputs.orderCount > 0 && inputs.purchaseDays >= PREMIUM_DAYS_MIN)
    return { group: 'premium', by: 'spend' };
  return { group: inputs.orderCount > 0 ? 'buyer' : 'enquirer', by: null };
}

/** How many of some accounts are the highest spenders: a share of them in per cent, rounded up. */
export function premiumCount(accounts: number, sharePercent: number): number {
  return Math.ceil((accounts * sharePercent) / 100);
}
