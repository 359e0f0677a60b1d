import type { Business } from '../../money/business/business.ts';
import { type CompiledVersion, versionKey } from '../../money/rewards/compile.ts';
import { type ExplanationLine, explainEntry } from '../../money/rewards/explain.ts';
import type { EntryRow } from './queries.ts';

/** The version of the rule behind an entry; null for entries that no rule made. */
export function versionOfEntry(
  entry: Pick<EntryRow, 'ruleId' | 'version'>,
  business: Business,
): CompiledVersion | null {
  if (entry.ruleId === null || entry.version === null) return null;
  return business.compiled?.versionByKey.get(versionKey(entry.ruleId, entry.version)) ?? null;
}

/** Why a ledger entry has its amount, in lines that add up to it. */
export function explainRow(entry: EntryRow, business: Business): ExplanationLine[] {
  const { kind, amountMinor, spendAfterMinor, causeText, returned } = entry;
  const facts = { kind, amount: amountMinor, spendAfter: spendAfterMinor, cause: causeText, returned };
  return explainEntry(facts, versionOfEntry(entry, business)?.rule ?? null);
}
