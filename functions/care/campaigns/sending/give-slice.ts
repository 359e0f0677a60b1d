import { sql } from 'drizzle-orm';
import { query, toStatement } from '../../../../db/query.ts';
import { isConflictOn, StoreUnavailable } from '../../../../db/store.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { reasonOf, SaidFailure } from '../../../ground/platform/reason-of.ts';
import { survivingCustomer } from '../../../money/accounts/survivors.ts';
import { giveGift } from '../../../money/redemptions/give-gift.ts';
import { isOfOther } from '../content/flaws.ts';
import { voucherEnd } from '../content/word-campaign.ts';
import { type Campaign, loadCampaign } from '../get-campaign.ts';
import { sentKinds } from '../letters/kinds.ts';
import { type DrawnPerson, type DrawnSlice, drawFrom } from './draw-slice.ts';
import { listAmong } from './list-candidates.ts';
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

/** Who some customers are by now: themselves, or whom they became by a merge; asked with `{ ids }`, a JSON array. */
const listBecome = query((db) =>
  db
    .selectDistinct({ id: sql<string>`${sql.raw(survivingCustomer('c.id'))}` })
    .from(sql`json_each(${sql.placeholder('ids')}) AS j CROSS JOIN customers AS c ON c.id = j.value`),
);

/**
 * The same as `writeSlice` for a campaign that gives each account a voucher: account by account, its gift in one write with who is
 * told and their mails, which a stop refuses. Broken off, the next try finds who has their row and gives nobody another. Where one
 * account fails the others go on, and its people are counted with those left out; one that became another since it was drawn is
 * that other's.
 */
export async function giveSlice(ctx: Context, campaign: Campaign, slice: DrawnSlice): Promise<void> {
  const skipped = new Map(slice.skipped);
  let given = 0;
  for (const people of byAccount(slice.drawn)) {
    if (given >= GIFTS_A_STEP || ctx.isEnding?.() === true) return;
    const outcome = await giveAccount(ctx, campaign, slice, { people, becomes: BECOMES_MAX });
    if (outcome === 'over') return;
    if (outcome === 'given') given += 1;
    if (outcome === 'failed') skipped.set('other', (skipped.get('other') ?? 0) + people.length);
  }
  await ctx.db.write(moveOn(campaign, { ...slice, skipped }));
}

const byAccount = (drawn: readonly DrawnPerson[]) => Map.groupBy(drawn, ({ rootId }) => rootId).values();

/** So often an account may become another one while it is given. */
const BECOMES_MAX = 3;

/** What became of one account; `over` where the campaign goes out no more, or another run went on. */
async function giveAccount(
  ctx: Context,
  campaign: Campaign,
  slice: DrawnSlice,
  { people, becomes }: { people: readonly DrawnPerson[]; becomes: number },
): Promise<'given' | 'over' | 'failed'> {
  try {
    await writeAccount(ctx, campaign, slice, people);
    return 'given';
  } catch (error) {
    if (isPassing(error)) throw error;
    if (!(await stillStands(ctx, campaign))) return 'over';
    const now = await drawAgain(ctx, campaign, people);
    const isSame =
      now.length === people.length && now.every((one) => people.some((old) => isEqual(one, old)));
    if (isSame && !isConflictOn(error, RECIPIENT)) return tellFailure(ctx, campaign, error);
    if (becomes === 0) return tellFailure(ctx, campaign, error);
    let whole: 'given' | 'failed' = 'given';
    for (const some of byAccount(now)) {
      const outcome = await giveAccount(ctx, campaign, slice, { people: some, becomes: becomes - 1 });
      if (outcome === 'over') return outcome;
      if (outcome === 'failed') whole = outcome;
    }
    return whole;
  }
}

const RECIPIENT = 'campaign_recipients.campaign_id';

const isEqual = (one: DrawnPerson, other: DrawnPerson) =>
  one.customerId === other.customerId && one.rootId === other.rootId;

/** The same people as they are by now, without those who have their row. */
async function drawAgain(
  ctx: Context,
  campaign: Campaign,
  people: readonly DrawnPerson[],
): Promise<readonly DrawnPerson[]> {
  const { id: campaignId, segmentId } = campaign;
  const db = ctx.db.fresh;
  const became = await listBecome(db, { ids: JSON.stringify(people.map(({ customerId }) => customerId)) });
  const ids = became.map(({ id }) => id);
  return (await drawFrom(ctx, campaign, await listAmong(db, { campaignId, segmentId, ids }))).drawn;
}

function tellFailure({ log }: Pick<Context, 'log'>, { id }: Campaign, error: unknown): 'failed' {
  log.error('A voucher of campaign {id} was not given: {reason}', { id, reason: reasonOf(error) });
  return 'failed';
}

/** It goes out, and no other run has moved its cursor. */
async function stillStands(ctx: Context, { id, afterCustomerId }: Campaign): Promise<boolean> {
  const now = await loadCampaign({ db: ctx.db.fresh }, id);
  return now.state === 'sending' && now.afterCustomerId === afterCustomerId;
}

/** What the next run may find mended. */
const isPassing = (error: unknown) =>
  error instanceof StoreUnavailable || (error instanceof AppError && error.code === 'unavailable');

/**
 * @throws {StoreConflict} on `campaign_recipients.campaign_id` behind a stop, where another run was first, and where an account or
 * one of its people went into another
 */
async function writeAccount(
  ctx: Context,
  campaign: Campaign,
  slice: DrawnSlice,
  people: readonly DrawnPerson[],
): Promise<void> {
  const { id, content } = campaign;
  const { voucher } = content;
  const [first] = people;
  if (first === undefined) return;
  const { rootId, share } = first;
  const decide = (code: string | null) => decisionFor(ctx, campaign, slice, { people, code });
  if (voucher === null || share === 'held') return writeDecision(ctx, decide(null));
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

/** SQL of whether who is listed, and their account, did not go into others. */
const areThere = sql`EXISTS (SELECT 1 FROM customers AS c WHERE c.id = value ->> 0 AND c.withdrawn_at IS NULL)
  AND EXISTS (SELECT 1 FROM accounts AS a WHERE a.id = value ->> 1 AND a.withdrawn_at IS NULL)`;

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
        SELECT CASE WHEN ${standsIn(campaign)} AND ${areThere} THEN ${id} END, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
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
