import { and, desc, gte, lt, sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { apiKeys, customerLooks, customers, staff } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { startOfDay } from '../../../ground/platform/business-time.ts';
import { addDays } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { LookKind } from '../../../ground/platform/look-book.ts';
import { getBusiness } from '../../../money/business/business.ts';

const ROWS_A_PAGE = 50;

/** That somebody of the business, or a program of it, looked at the data of a customer; looks of some minutes are one. */
export interface LookItem {
  id: string;
  at: number;
  /** `staff` or `key`, with an email or name where there still is one. */
  actor: { kind: string; name: string };
  customer: { id: string; name: string | null; email: string | null };
  what: LookKind;
}

export interface LooksAsked {
  /** A member's email, a key's name, or the actor as it is written down. */
  actor: string | null;
  /** The customer's email, or their id. */
  customer: string | null;
  /** `YYYY-MM-DD`, business time. */
  day: string | null;
  /** The id after which the page begins, newest first. */
  after: string | null;
  /** How many at the most; a page of 50 unless given. */
  limit?: number;
}

/**
 * Who of the business looked at whose data, newest first, for owners and keys made for it. `next` begins the next page.
 * @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing`
 */
export async function listLooks(
  ctx: Context,
  asked: LooksAsked,
): Promise<{ items: LookItem[]; next: string | null }> {
  allow(ctx.actor, 'privacy:read');
  const { timeZone } = await getBusiness(ctx);
  const limit = asked.limit ?? ROWS_A_PAGE;
  const rows = await findLooks(ctx, { ...asked, timeZone, limit: limit + 1 });
  const items = rows.slice(0, limit).map(itemOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

type Row = Awaited<ReturnType<typeof findLooks>>[number];

function itemOf({ actor, actorName, customerId, name, email, ...rest }: Row): LookItem {
  const [kind = '', id = ''] = actor.split(/:(.*)/s);
  return {
    ...rest,
    actor: { kind, name: actorName ?? id },
    customer: { id: customerId, name, email },
  };
}

function findLooks(ctx: Context, asked: LooksAsked & { timeZone: string; limit: number }) {
  const { actor, customer, day, after, timeZone, limit } = asked;
  return ask(ctx.db, (db) =>
    db
      .select({
        id: customerLooks.id,
        at: customerLooks.at,
        actor: customerLooks.actor,
        actorName: sql<
          string | null
        >`coalesce(${staff.name} || ' (' || ${staff.email} || ')', ${staff.email}, ${apiKeys.name})`.mapWith(
          String,
        ),
        customerId: customerLooks.customerId,
        name: customers.name,
        email: customers.email,
        what: customerLooks.what,
      })
      .from(customerLooks)
      .leftJoin(
        staff,
        sql`${customerLooks.actor} LIKE 'staff:%' AND ${staff.id} = substr(${customerLooks.actor}, 7)`,
      )
      .leftJoin(apiKeys, sql`${customerLooks.actor} = 'key:' || ${apiKeys.id}`)
      .leftJoin(customers, sql`${customers.id} = ${customerLooks.customerId}`)
      .where(
        and(
          actor === null
            ? undefined
            : sql`${customerLooks.actor} IN (SELECT ${actor}
            UNION ALL SELECT 'staff:' || id FROM staff WHERE email = ${actor.toLowerCase()}
            UNION ALL SELECT 'key:' || id FROM api_keys WHERE name = ${actor})`,
          customer === null
            ? undefined
            : sql`${customerLooks.customerId} IN (SELECT ${customer}
            UNION ALL SELECT id FROM customers WHERE email = ${customer.toLowerCase()})`,
          day === null ? undefined : gte(customerLooks.at, startOfDay(day, timeZone)),
          day === null ? undefined : lt(customerLooks.at, startOfDay(addDays(day, 1), timeZone)),
          after === null
            ? undefined
            : sql`(${customerLooks.at}, ${customerLooks.id}) < (SELECT at, id FROM customer_looks WHERE id = ${after})`,
        ),
      )
      .orderBy(desc(customerLooks.at), desc(customerLooks.id))
      .limit(limit),
  );
}
