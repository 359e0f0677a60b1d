import { sql } from 'drizzle-orm';
import { insertInto, query } from '../../../../db/query.ts';
import { campaignRecipients } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { giveVoucher } from '../../../money/redemptions/give-voucher.ts';
import { voucherEnd } from '../content/word-campaign.ts';
import type { Campaign } from '../get-campaign.ts';
import { sentKinds } from '../letters/kinds.ts';
import type { DrawnPerson, DrawnSlice } from './draw-slice.ts';
import { moveOn } from './write-slice.ts';

const insertRecipient = insertInto(campaignRecipients);

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
 * told and their mails. Broken off, the next try finds who has their row and gives nobody another.
 */
export async function giveSlice(ctx: Context, campaign: Campaign, slice: DrawnSlice): Promise<void> {
  const accounts = Map.groupBy(slice.drawn, ({ rootId }) => rootId);
  for (const [rootId, people] of accounts) {
    if (people[0]?.share === 'held')
      await writeOnce(ctx, decisionFor(ctx, campaign, slice, { people, code: null }));
    else await giveTo(ctx, campaign, slice, { rootId, people });
  }
  await ctx.db.write(moveOn(campaign, slice));
}

async function giveTo(
  ctx: Context,
  campaign: Campaign,
  slice: DrawnSlice,
  { rootId, people }: { rootId: string; people: readonly DrawnPerson[] },
): Promise<void> {
  const { id, content } = campaign;
  const { voucher } = content;
  if (voucher === null) return;
  const decide = (code: string | null) => decisionFor(ctx, campaign, slice, { people, code });
  const given = await giveVoucher(ctx, {
    rootId,
    cause: { kind: 'campaign', id },
    amountMinor: voucher.amountMinor,
    expiresAt: voucherEnd(ctx.now(), voucher.days),
    decideAlso: (one) => decide(one?.code ?? null),
  });
  if (given === 'given') return;
  const [before] = await findGiven(ctx.db.fresh, { campaignId: id, rootId });
  await writeOnce(ctx, decide(before?.code ?? null));
}

function decisionFor(
  ctx: Context,
  { id, content }: Campaign,
  { day }: DrawnSlice,
  { people, code }: { people: readonly DrawnPerson[]; code: string | null },
): Decision {
  const rows = people.map((one) => ({ ...one, mailId: one.share === 'told' ? newId() : null }));
  const at = ctx.now();
  return {
    rows: rows.map((row) =>
      insertRecipient({ ...row, campaignId: id, voucherCode: row.share === 'told' ? code : null, day, at }),
    ),
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

/** Another run may have been first. */
async function writeOnce(ctx: Context, decision: Decision): Promise<void> {
  try {
    await writeDecision(ctx, decision);
  } catch (error) {
    if (!isConflictOn(error, 'campaign_recipients.campaign_id')) throw error;
  }
}
