import { insertInto } from '../../../db/query.ts';
import { vouchers } from '../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newCode } from '../../ground/platform/ids.ts';
import { openWriting, takenText } from '../accounts/book-postings.ts';
import type { BonusCause } from '../ledger/bonus.ts';
import { changeLedger, type LedgerState } from '../ledger/change-ledger.ts';
import { hasBonus, planBonus } from '../ledger/grant-bonus.ts';
import { redeem as redeemFrom } from '../rewards/lots.ts';

const insertVoucher = insertInto(vouchers);

/** What an account is given for a cause, in minor units of the business currency. */
export interface Gift {
  cause: BonusCause;
  amount: bigint;
  /** Null for credit. */
  voucher: { expiresAt: number; minimumMinor: bigint } | null;
}

/** What was given. */
export interface GivenGift {
  currency: string;
  /** Null for credit, also where a debt took all that the voucher should be paid with; less than was meant where it took a part. */
  voucher: { code: string; amountMinor: bigint } | null;
}

/**
 * Gives a root account a bonus, or a voucher that such a bonus pays at once, so that ledger, lots and statement stay as they are
 * for every other voucher; one atomic write with what `decide` says, which is asked with what will have been given and answers
 * null where nothing is to happen after all. Of one cause only one stands. Whether anything was given.
 * @throws {AppError} `not_found`, `currency_not_set`, `unavailable`
 */
export function giveGift(
  ctx: Context,
  { rootId, ...gift }: Gift & { rootId: string },
  decide: (given: GivenGift) => Promise<Decision | null>,
): Promise<boolean> {
  return giveGifts(ctx, { rootId, gifts: [gift] }, async ([given]) => given && decide(given));
}

/** The same for several causes at once, all or none: none where one of them stands already. */
export async function giveGifts(
  ctx: Context,
  { rootId, gifts }: { rootId: string; gifts: readonly Gift[] },
  decide: (given: readonly GivenGift[]) => Promise<Decision | null | undefined>,
): Promise<boolean> {
  return changeLedger(ctx, rootId, async (state) => {
    const writing = openWriting(state.book, { ...state, actor: actorName(ctx.actor) });
    const planned = gifts.map((gift) =>
      planGift(ctx, { ...state, book: writing.book() }, { rootId, gift, writing }),
    );
    const [first, ...others] = planned;
    const standing = await Promise.all(gifts.map(({ cause }) => hasBonus(ctx, { rootId, cause })));
    const isGiven = first !== undefined && !standing.includes(true);
    const decided = isGiven ? ((await decide(planned.map(({ given }) => given))) ?? null) : null;
    if (first === undefined || decided === null) return { ...unchanged, result: false };
    return {
      change: writing.finish(),
      history: first.history,
      after: () => ({
        rows: planned.flatMap(({ rows }) => rows),
        histories: others.map(({ history: { kind, detail } }) => ({ rootId, kind, detail })),
        also: [decided],
        result: true,
      }),
    };
  });
}

type Writing = ReturnType<typeof openWriting>;

function planGift(
  ctx: Context,
  state: LedgerState,
  { rootId, gift, writing }: { rootId: string; gift: Gift; writing: Writing },
) {
  const { cause, amount, voucher } = gift;
  const bonus = planBonus(ctx, state, { rootId, cause, amount, expiresAt: voucher?.expiresAt ?? null });
  writing.take(bonus.change);
  const bought = voucher === null ? null : buyVoucher(state, { bonus, voucher, writing });
  return {
    given: { currency: state.currency, voucher: bought?.given ?? null },
    history: bonus.history,
    rows: [bonus.row, ...(bought?.rows ?? [])],
  };
}

/** What of the bonus no debt has taken, spent on the voucher at once; null where nothing is left of it. */
function buyVoucher(
  { root, currency, now }: LedgerState,
  {
    bonus,
    voucher,
    writing,
  }: {
    bonus: ReturnType<typeof planBonus>;
    voucher: NonNullable<Gift['voucher']>;
    writing: Writing;
  },
) {
  const amountMinor = writing.book().lots.find(({ seq }) => seq === bonus.entrySeq)?.remaining ?? 0n;
  if (amountMinor <= 0n) return null;
  const code = newCode(3);
  const spent = redeemFrom(writing.book(), {
    amount: amountMinor,
    now,
    cause: code,
    preferLotSeq: bonus.entrySeq,
  });
  if (!spent.ok) return null;
  writing.take(spent);
  const row = {
    ...{ code, accountId: root.id, entrySeq: spent.entry.seq, taken: takenText(spent.taken) },
    ...{ amountMinor, currency, issuedAt: now, returnsMinor: 0n, ...voucher },
  };
  return { given: { code, amountMinor }, rows: [insertVoucher(row)] };
}
