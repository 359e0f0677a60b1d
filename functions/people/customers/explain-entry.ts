import type { Business } from '../../money/business/business.ts';
import { type CompiledVersion, versionKey } from '../../money/rewards/compile.ts';
import { type ExplanationLine, explainEntry } from '../../money/rewards/explain.ts';
import { isCarried } from '../../money/rewards/explanation-text.ts';
import type { EntryReason } from '../../money/rewards/types.ts';
import type { EntryRow } from './queries.ts';

/** The version of the rule behind an entry; null for entries that no rule made. */
export function versionOfEntry(
  entry: Pick<EntryRow, 'ruleId' | 'version'>,
  business: Business,
): CompiledVersion | null {
  if (entry.ruleId === null || entry.version === null) return null;
  return business.compiled?.versionByKey.get(versionKey(entry.ruleId, entry.version)) ?? null;
}

/** What an entry was written with, where it was neither the programme nor somebody's own act. */
export function reasonOf({
  kind,
  because,
  causeText,
}: Pick<EntryRow, 'kind' | 'because' | 'causeText'>): EntryReason | null {
  if (kind === 'adjust' && isCarried(causeText)) return causeText.startsWith('merge_') ? 'merge' : 'split';
  return because;
}

/** Why a ledger entry has its amount, in lines that add up to it. */
export function explainRow(entry: EntryRow, business: Business): ExplanationLine[] {
  const { kind, amountMinor, spendAfterMinor, causeText, returned, because } = entry;
  const amounts = { amount: amountMinor, spendAfter: spendAfterMinor };
  const facts = { kind, ...amounts, cause: causeText, returned, because };
  return explainEntry(facts, versionOfEntry(entry, business)?.rule ?? null);
}
