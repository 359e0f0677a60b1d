import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { boughtWithin, spentWithin } from '../../../insight/facts/spent-within.ts';
import { currentRoot } from '../../../money/accounts/survivors.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { sumVoucherUses } from '../../../money/redemptions/sum-voucher-uses.ts';
import { loadCampaign } from '../get-campaign.ts';
import { type CampaignEffect, effectOf, type SpendShare } from './effect.ts';

/** One side of the comparison: accounts, not people. */
export interface ResultSide {
  accounts: number;
  /** With an order on a day that counts. */
  bought: number;
  /** Net, in minor units. */
  spendMinor: bigint;
}

/** What a campaign came to, as far as its days have gone. */
export interface CampaignResult {
  currency: string | null;
  windowDays: number;
  /** The last business day that counts, of those drawn last; null before the first draw. */
  until: string | null;
  isOver: boolean;
  told: ResultSide;
  held: ResultSide;
  /** Net spend per account, in minor units; null without a share held back. */
  effect: CampaignEffect | null;
  vouchers: { given: number; used: number; paidMinor: bigint } | null;
}

/**
 * What the told spent from the day of their draw on beside what the held back spent on the same days, net of returns; all who were
 * drawn count, whether their mail arrived or not.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function getResult(ctx: Context, { id }: { id: string }): Promise<CampaignResult> {
  allow(ctx.actor, 'campaigns:read');
  const { content } = await loadCampaign(ctx, id);
  const { timeZone, currency } = await getBusiness(ctx);
  const { windowDays } = content;
  const [rows, given, lastDay] = await Promise.all([
    listSides(ctx, { id, windowDays, currency: currency ?? '' }),
    content.voucher === null ? null : countGiven(ctx, id),
    findLastDay(ctx, id),
  ]);
  const [told, held] = (['told', 'held'] as const).map((share) => rows.find((row) => row.share === share));
  const until = lastDay === null ? null : addDays(lastDay, windowDays - 1);
  return {
    ...{ currency, windowDays, until },
    isOver: until !== null && until < dayOf(ctx.now(), timeZone),
    told: sideOf(told),
    held: sideOf(held),
    effect: content.controlPercent === 0 ? null : effectOf(shareOf(told), shareOf(held)),
    vouchers: given,
  };
}

type SideRow = Awaited<ReturnType<typeof listSides>>[number];

const sideOf = (row: SideRow | undefined): ResultSide => ({
  accounts: row?.accounts ?? 0,
  bought: row?.bought ?? 0,
  spendMinor: row?.spendMinor ?? 0n,
});

const shareOf = (row: SideRow | undefined): SpendShare => ({
  accounts: row?.accounts ?? 0,
  sum: Number(row?.spendMinor ?? 0n),
  sumOfSquares: row?.sumOfSquares ?? 0,
});

/**
 * Each account once, as it is by now, from the day on which the first of its people was drawn; one that was merged of a told and a
 * held one is on neither side.
 */
function listSides(
  { db }: Context,
  { id, windowDays, currency }: { id: string; windowDays: number; currency: string },
) {
  const span = { rootId: 'r.root_id', from: sql`r.day`, until: sql`date(r.day, ${`+${windowDays} days`})` };
  return ask(db, (query) =>
    query
      .select({
        share: sql<'told' | 'held'>`s.share`,
        accounts: sql<number>`count(*)`.mapWith(Number),
        bought: sql<number>`sum(s.bought)`.mapWith(Number),
        spendMinor: sql<bigint>`sum(s.spend)`.mapWith(BigInt),
        sumOfSquares: sql<number>`sum(1.0 * s.spend * s.spend)`.mapWith(Number),
      })
      .from(
        sql`(SELECT r.share, ${boughtWithin(span)} AS bought, ${spentWithin({ ...span, currency: sql`${currency}` })} AS spend
          FROM (SELECT c.root_id, min(c.share) AS share, min(c.day) AS day
            FROM (SELECT ${sql.raw(currentRoot('p.root_id'))} AS root_id, p.share, p.day
              FROM campaign_recipients AS p WHERE p.campaign_id = ${id}) AS c
            GROUP BY c.root_id HAVING min(c.share) = max(c.share)) AS r) AS s`,
      )
      .groupBy(sql`s.share`),
  );
}

async function countGiven(ctx: Context, id: string) {
  const codes = sql`SELECT DISTINCT voucher_code FROM campaign_recipients WHERE campaign_id = ${id} AND voucher_code IS NOT NULL`;
  const [[row], uses] = await Promise.all([
    ask(ctx.db, (query) =>
      query.select({ given: sql<number>`count(*)`.mapWith(Number) }).from(sql`(${codes}) AS g`),
    ),
    sumVoucherUses(ctx.db, codes),
  ]);
  return { given: row?.given ?? 0, ...uses };
}

async function findLastDay({ db }: Context, id: string): Promise<string | null> {
  const [row] = await ask(db, (query) =>
    query
      .select({ day: sql<string | null>`max(day)` })
      .from(sql`campaign_recipients`)
      .where(sql`campaign_id = ${id}`),
  );
  return row?.day ?? null;
}
