import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { SocialKind, SocialPlace } from './places.ts';

const ROWS_MAX = 50;

/** A sign as staff see it. */
export interface SocialSign {
  id: string;
  kind: SocialKind;
  place: SocialPlace;
  link: string | null;
  customerId: string;
  customerName: string | null;
  at: number;
  isWithdrawn: boolean;
  /** What was given for it; null while nothing was. */
  given: { minor: bigint; currency: string; at: number } | null;
}

/** The newest 50 signs that were logged. @throws {AppError} `forbidden`, `scope_missing` */
export async function listSigns(ctx: Context): Promise<SocialSign[]> {
  allow(ctx.actor, 'customers:read');
  const rows = await ask(ctx.db, (query) =>
    query
      .select({
        id: sql<string>`s.id`,
        kind: sql<SocialKind>`s.kind`,
        place: sql<SocialPlace>`s.place`,
        link: sql<string | null>`s.link`,
        customerId: sql<string>`s.customer_id`,
        customerName: sql<string | null>`coalesce(c.name, c.email)`,
        at: sql<number>`s.at`.mapWith(Number),
        withdrawnAt: sql<number | null>`s.withdrawn_at`.mapWith(Number),
        giftMinor: sql<bigint | null>`t.gift_minor`.mapWith(BigInt),
        currency: sql<string | null>`t.currency`,
        thankedAt: sql<number | null>`t.at`.mapWith(Number),
      })
      .from(
        sql`social_signs AS s CROSS JOIN customers AS c ON c.id = s.customer_id LEFT JOIN social_thanks AS t ON t.sign_id = s.id`,
      )
      .orderBy(sql`s.at DESC, s.id DESC`)
      .limit(ROWS_MAX),
  );
  return rows.map(({ withdrawnAt, giftMinor, currency, thankedAt, ...row }) => ({
    ...row,
    isWithdrawn: withdrawnAt !== null,
    given:
      giftMinor === null || currency === null || thankedAt === null
        ? null
        : { minor: giftMinor, currency, at: thankedAt },
  }));
}
