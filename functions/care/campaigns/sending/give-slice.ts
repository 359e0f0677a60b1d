import { sql } from 'drizzle-orm';
import { query, toStatement } from '../../../../db/query.ts';
import { isConflictOn, StoreUnavailable } from '../../../../db/store.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { reasonOf, SaidFailure } from '../../../ground/platform/reason-of.ts';
import { giveGift } from '../../../money/redemptions/give-gift.ts';
import { isOfOther } from '../content/flaws.ts';
import { voucherEnd } from '../content/word-campaign.ts';
import { type Campaign, loadCampaign } from '../get-campaign.ts';
import { sentKinds } from '../letters/kinds.ts';
import type { DrawnPerson, DrawnSlice } from './draw-slice.ts';
import { moveOn, standsIn } from './write-slice.ts';

/** So many accounts get a voucher in one step; who is left of the slice is found again by the next. */
const GIFTS_A_STEP = 50;

/** The voucher that an account has of a campaign already. */
const findGiven = query((db) =>
  db
    .select({ code: sql<string | null>`voucher_code` })
    .from(sql`campaign_recipients`)
    .where(
      sql`campaign_id = ${sql.placeholder('campaignId')} AND root_id = ${sql.placeholder('rootId')} AND voucher_code IS NOT NULL`,
    )
    .limit(1),
);

/**
 * The same as `writeSlice` for a campaign that gives each account a voucher: account by account, its gift in one write with who is
 * told and their mails, which a stop refuses. Broken off, the next try finds who has their row and gives nobody another. Where one
 * account fails the others go on, and its people are counted with those left out.
 */
export async function giveSlice(ctx: Context, campaign: Campaign, slice: DrawnSlice): Promise<void> {
  const skipped = new Map(slice.skipped);
  let given = 0;
  for (const [rootId, people] of Map.groupBy(slice.drawn, (one) => one.rootId)) {
    if (given >= GIFTS_A_STEP || ctx.isEnding?.() === true) return;
    try {
      await writeAccount(ctx, campaign, slice, { rootId, people });
      given += 1;
    } catch (error) {
      if (isConflictOn(error, 'campaign_recipients.campaign_id')) {
        if (!(await stillStands(ctx, campaign))) return;
        continue;
      }
      if (isPassing(error)) throw error;
      ctx.log.error('A voucher of campaign {id} was not given: {reason}', {
        id: campaign.id,
        reason: reasonOf(error),
      });
      skipped.set('other', (skipped.get('other') ?? 0) + people.length);
    }
  }
  await ctx.db.write(moveOn(campaign, { ...slice, skipped }));
}

/** It goes out, and no other run has moved its cursor. */
async function stillStands(ctx: Context, { id, afterCustomerId }: Campaign): Promise<boolean> {
  const now = await loadCampaign({ db: ctx.db.fresh }, id);
  return now.state === 'sending' && now.afterCustomerId === afterCustomerId;
}

/** What the next run may find mended. */
const isPassing = (error: unknown) =>
  error instanceof StoreUnavailable || (error instanceof AppError && error.code === 'unavailable');

/** @throws {StoreConflict} on `campaign_recipients.campaign_id` behind a stop, and where another run was first */
async function writeAccount(
  ctx: Context,
  campaign: Campaign,
  slice: DrawnSlice,
  { rootId, people }: { rootId: string; people: readonly DrawnPerson[] },
): Promise<void> {
  const { id, content } = campaign;
  const { voucher } = content;
  const decide = (code: string | null) => decisionFor(ctx, campaign, slice, { people, code });
  if (voucher === null || people[0]?.share === 'held') return writeDecision(ctx, decide(null));
  const isGiven = await giveGift(
    ctx,
    {
      rootId,
      cause: { kind: 'campaign', id },
      amount: voucher.amountMinor,
      voucher: { expiresAt: voucherEnd(ctx.now(), voucher.days), minimumMinor: 0n },
    },
    async (given) => {
      if (isOfOther(voucher, given.currency)) throw new SaidFailure('the voucher is of another currency');
      return decide(given.voucher?.code ?? null);
    },
  );
  if (isGiven) return;
  const [before] = await findGiven(ctx.db.fresh, { campaignId: id, rootId });
  await writeDecision(ctx, decide(before?.code ?? null));
}

function decisionFor(
  ctx: Context,
  campaign: Campaign,
  { day }: DrawnSlice,
  { people, code }: { people: readonly DrawnPerson[]; code: string | null },
): Decision {
  const { id, content } = campaign;
  const rows = people.map((one) => ({ ...one, mailId: one.share === 'told' ? newId() : null }));
  const listed = rows.map(({ customerId, rootId, share, mailId }) => [
    ...[customerId, rootId, share, mailId],
    share === 'told' ? code : null,
  ]);
  return {
    rows: [
      toStatement(sql`INSERT INTO campaign_recipients (campaign_id, customer_id, root_id, share, mail_id, voucher_code, day, at)
        SELECT CASE WHEN ${standsIn(campaign)} THEN ${id} END, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
          ${day}, ${ctx.now()} FROM json_each(${JSON.stringify(listed)})`),
    ],
    letters: rows.flatMap(({ customerId, rootId, mailId }) =>
      mailId === null
        ? []
        : [
            {
              id: mailId,
              template: sentKinds[content.kind],
              params: { campaignId: id, rootId, ...(code === null ? {} : { code }) },
              customerId,
            },
          ],
    ),
  };
}
