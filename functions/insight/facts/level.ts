import { addDays } from '../../ground/platform/calendar.ts';

/** How far a relationship has come (DOMAIN §5), the lowest first. */
export type RelationshipLevel = 'first' | 'repeat' | 'advocate';

/** What makes an advocate, in the order in which it is told. */
const praises = ['friend', 'quote', 'recommendation'] as const;
export type PraiseKind = (typeof praises)[number];

/** The business day on which each happened last; null for never. */
export type PraiseDays = Readonly<Record<PraiseKind, string | null>>;

/** Today and the 364 business days before it. */
export const YEAR_DAYS = 365;

/** The first of the last `days` business days, of which today is one. */
export const firstOfLast = (days: number, today: string) => addDays(today, 1 - days);

export interface LevelFound {
  level: RelationshipLevel;
  /** What makes an advocate; empty for others. */
  praises: PraiseKind[];
}

/** The highest level that holds; null for an account without an order of its own. */
export function levelOf(
  { orderCount, praised }: { orderCount: number; praised: PraiseDays },
  today: string,
): LevelFound | null {
  if (orderCount === 0) return null;
  const from = firstOfLast(YEAR_DAYS, today);
  const holding = praises.filter((kind) => {
    const day = praised[kind];
    return day !== null && day >= from;
  });
  if (holding.length > 0) return { level: 'advocate', praises: holding };
  return { level: orderCount === 1 ? 'first' : 'repeat', praises: [] };
}
