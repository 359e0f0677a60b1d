import { createHash } from 'node:crypto';
import type { Entry } from '../rewards/lots.ts';

/**
 * The hash of a ledger entry over the hash before it and the entry's business facts: no personal data, so that
 * erasing a person leaves the chain whole. SHA-256, base64url. The first entry follows the empty string.
 */
export function chainHash(before: string, accountId: string, currency: string, entry: Entry): string {
  const facts = [
    before,
    accountId,
    entry.seq,
    entry.kind,
    entry.amount,
    entry.balanceAfter,
    currency,
    entry.effectiveAt,
    entry.ruleId ?? '',
    entry.version ?? '',
    entry.period?.start ?? '',
    entry.spendAfter ?? '',
    entry.order?.source ?? '',
    entry.order?.number ?? '',
    entry.lotSeq ?? '',
    entry.causeSeq ?? '',
    entry.expiresAt ?? '',
  ];
  return createHash('sha256')
    .update(JSON.stringify(facts.map(String)))
    .digest('base64url');
}
