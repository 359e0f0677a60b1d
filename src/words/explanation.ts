import type { ShownExplanationLine } from '../../functions/desk/portal/statement-types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { isCarried } from '../../functions/money/rewards/explanation-text.ts';
import { type EntryKind, type EntryReason, entryKinds } from '../../functions/money/rewards/types.ts';
import type { Messages } from '../locale.ts';

/** One line of an explanation in the reader's words. */
export function explanationWords(line: ShownExplanationLine, t: Messages, formats: Formats): string {
  const { code, params } = line;
  const money = (name: string) =>
    formats.money({ minor: BigInt(params[name] ?? 0), currency: line.amount.currency });
  const percent = () => formats.percent(Math.round(Number(params.percent) * 100));
  switch (code) {
    case 'every':
      return t.why_every({
        times: formats.number(Number(params.times)),
        spend: money('spend'),
        back: money('back'),
      });
    case 'step':
      return t.why_step({ spend: money('spend') });
    case 'whole_band':
      return t.why_whole_band({ percent: percent(), spend: money('total') });
    case 'marginal_band':
      if (params.from === 0n) return t.why_first_band({ percent: percent(), width: money('width') });
      return t.why_marginal_band({ percent: percent(), width: money('width'), from: money('from') });
    case 'already_paid':
      return params.returned === undefined
        ? paidBeforeWords(params.because, t)
        : t.why_paid_before_return({ product: String(params.returned) });
    case 'orders_before':
      return t.why_orders_before();
    default:
      return isEntryKind(code) ? entryWords(code, params.cause, t) : t.why_other();
  }
}

function paidBeforeWords(because: unknown, t: Messages): string {
  return because === 'merge' || because === 'split' || because === 'move'
    ? t[`why_paid_before_${because}`]()
    : t.why_already_paid();
}

/** The spend an explanation starts from, as a sentence; null for entries that no spend explains. */
export function spendSentence(lines: ShownExplanationLine[], t: Messages, formats: Formats): string | null {
  const total = lines[0]?.params.total;
  if (total === undefined || lines[0] === undefined) return null;
  return t.why_spend({ total: formats.money({ minor: BigInt(total), currency: lines[0].amount.currency }) });
}

function entryWords(kind: EntryKind, cause: string | number | bigint | undefined, t: Messages): string {
  if (kind === 'adjust' && isCarried(cause)) return t[`merge_entry_${cause}`]();
  const words = t[`entry_${kind}`]();
  return cause === undefined
    ? words
    : t.why_cause({ kind: words, cause: causeWords(kind, String(cause), t) });
}

/** What an entry is: its kind, and what it was written with, where that is not the programme. */
export function entryTitle(
  { kind, because }: { kind: EntryKind; because: EntryReason | null },
  t: Messages,
): string {
  if (kind === 'adjust' && (because === 'merge' || because === 'split'))
    return t[`entry_adjust_${because}`]();
  if (kind === 'earn' && isMoving(because)) return t[`entry_earn_${because}`]();
  return kind === 'clawback' && because !== null ? t[`entry_clawback_${because}`]() : t[`entry_${kind}`]();
}

const isMoving = (because: EntryReason | null) =>
  because === 'merge' || because === 'split' || because === 'move';

/** What an entry is known by: for a bonus the kind of thing it is for, for what was carried over why, else as it was told. */
export function causeWords(kind: EntryKind, cause: string, t: Messages): string {
  if (kind === 'adjust' && isCarried(cause)) return t[`merge_entry_${cause}`]();
  if (kind !== 'bonus' && kind !== 'bonus_reversal') return cause;
  if (cause === 'kept_at_merge') return t.bonus_for_kept_at_merge();
  if (cause === 'occasion') return t.bonus_for_occasion();
  if (cause === 'promise') return t.bonus_for_promise();
  if (cause === 'thanks') return t.bonus_for_thanks();
  if (cause === 'return') return t.bonus_for_return();
  return cause === 'referral' || cause === 'survey' || cause === 'club' || cause === 'campaign'
    ? t[`bonus_for_${cause}`]()
    : cause;
}

const isEntryKind = (code: string): code is EntryKind => entryKinds.some((kind) => kind === code);
