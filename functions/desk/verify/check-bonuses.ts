import type { Store } from '../../../db/store.ts';
import { listOwedVouchers } from '../../care/campaigns/list-owed-vouchers.ts';
import { listOwedThanks } from '../../care/moments/social/list-owed-thanks.ts';
import { listOwedGifts } from '../../care/occasions/list-owed-gifts.ts';
import { listOwedCredit } from '../../care/returns/list-owed-credit.ts';
import { listOwedByWithdrawals } from '../../circle/club/benefits/list-benefits.ts';
import { listOwedAmends } from '../../circle/club/promises/make-amends.ts';
import { listOwedReferrals } from '../../circle/referrals/owed.ts';
import type { BonusCause, OwedBonus } from '../../money/ledger/bonus.ts';
import { listOwedIncentives } from '../../voice/surveys/owed-incentives.ts';
import { listOwedKept } from '../merging/list-owed-kept.ts';
import type { Findings } from './difference.ts';
import type { Evidence } from './evidence.ts';

/** What the causes of one kind owe some root accounts; `ids` is a JSON array. Every kind of cause has one. */
type ListOwed = (db: Store, asked: { ids: string }) => Promise<OwedBonus[]>;

const sources: readonly ListOwed[] = [
  listOwedIncentives,
  listOwedReferrals,
  listOwedByWithdrawals,
  listOwedAmends,
  listOwedVouchers,
  listOwedGifts,
  listOwedThanks,
  listOwedCredit,
  listOwedKept,
];

export async function listOwedBonuses(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  return (await Promise.all(sources.map((listOwed) => listOwed(db, asked)))).flat();
}

/** The bonuses an account has against those its causes owe it. */
export function checkBonuses(
  { bonuses, bonusReversals, owedBonuses }: Evidence,
  { compare }: Findings,
): void {
  const reversed = new Set(bonusReversals.map(({ bonusId }) => bonusId));
  const standing = new Map(
    bonuses
      .filter(({ id }) => !reversed.has(id))
      .map((row) => [keyOf({ kind: row.causeKind, id: row.causeId }), row.amountMinor]),
  );
  for (const { cause, amountMinor } of owedBonuses) {
    compare('bonus', amountMinor, standing.get(keyOf(cause)), { cause: keyOf(cause) });
    standing.delete(keyOf(cause));
  }
  for (const [key, amount] of standing) compare('bonus', null, amount, { cause: key });
}

const keyOf = ({ kind, id }: BonusCause) => `${kind} ${id}`;
