import { takenText } from '../../money/accounts/book-postings.ts';
import type { Entry } from '../../money/rewards/lots.ts';
import type { LedgerFacts } from './check-ledger.ts';
import type { Findings } from './difference.ts';
import type { Evidence } from './evidence.ts';

/** Redemptions, vouchers, reversals, adjustments and bonuses against the entries they caused, both ways round. */
export function checkCauses(evidence: Evidence, facts: LedgerFacts, { compare }: Findings): void {
  const expected = new Map(causesOf(evidence).map((cause) => [cause.seq, cause]));
  for (const entry of facts.entries) {
    const kind = entry.kind;
    if (!causedKinds.has(kind)) continue;
    const cause = expected.get(entry.seq);
    expected.delete(entry.seq);
    compare('entry_cause', textOf(entry, facts), cause?.text, { entry: entry.seq });
  }
  for (const { seq, text } of expected.values()) compare('entry', text, null, { entry: seq });
}

const causedKinds = new Set(['redeem', 'reversal', 'adjust', 'bonus', 'bonus_reversal']);

/** What a row says that its entry has to be. */
interface Cause {
  seq: number;
  text: string;
}

function causesOf(evidence: Evidence): Cause[] {
  const { redemptions, vouchers, reversals, cancellations, adjustments, bonuses, bonusReversals } = evidence;
  const spending = new Map(redemptions.map((row) => [row.id, row]));
  const bonusById = new Map(bonuses.map((row) => [row.id, row]));
  const voucherByCode = new Map(vouchers.map((row) => [row.code, row]));
  return [
    ...redemptions.map((row) => redeemed(row.entrySeq, { cause: row.id, ...row })),
    ...vouchers
      .filter(({ redemptionId }) => redemptionId === null)
      .map((row) => redeemed(row.entrySeq, { cause: row.code, ...row })),
    ...reversals.map((row) => {
      const { entrySeq, amountMinor } = spending.get(row.redemptionId) ?? { entrySeq: 0, amountMinor: 0n };
      return { seq: row.entrySeq, text: `reversal ${amountMinor} of ${entrySeq} for ${row.redemptionId}` };
    }),
    ...cancellations
      .filter(({ reason }) => reason === 'returned')
      .map(({ code }) => returned(code, voucherByCode.get(code), evidence)),
    ...adjustments.map((row) => ({ seq: row.entrySeq, text: `adjust for ${row.id}` })),
    ...bonuses.map((row) => ({ seq: row.entrySeq, text: `bonus ${row.amountMinor} for ${row.id}` })),
    ...bonusReversals.map((row) => ({
      seq: row.entrySeq,
      text: `bonus_reversal ${-(bonusById.get(row.bonusId)?.amountMinor ?? 0n)} for ${row.bonusId}`,
    })),
  ];
}

function redeemed(seq: number, row: { cause: string; amountMinor: bigint; taken: string }): Cause {
  return { seq, text: `redeem ${row.amountMinor} for ${row.cause} from ${row.taken}` };
}

function returned(
  code: string,
  voucher: Evidence['vouchers'][number] | undefined,
  evidence: Evidence,
): Cause {
  const entry = evidence.entries.find(({ kind, cause }) => kind === 'reversal' && cause === code);
  const text = `reversal ${voucher?.amountMinor ?? 0n} of ${voucher?.entrySeq ?? 0} for ${code}`;
  return { seq: entry?.seq ?? 0, text };
}

function textOf(entry: Entry, { takenBy }: LedgerFacts): string {
  if (entry.kind === 'bonus' || entry.kind === 'bonus_reversal')
    return `${entry.kind} ${entry.amount} for ${entry.cause}`;
  if (entry.kind === 'adjust') return `adjust for ${entry.cause}`;
  if (entry.kind === 'reversal') return `reversal ${entry.amount} of ${entry.causeSeq} for ${entry.cause}`;
  return `redeem ${-entry.amount} for ${entry.cause} from ${takenText(takenBy.get(entry.seq) ?? [])}`;
}
