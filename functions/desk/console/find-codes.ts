import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { heldBy } from '../../money/accounts/held-by.ts';
import type { Found } from './types.ts';

/** Fewer characters would be the beginning of anybody's code. */
const CODE_MIN = 4;

/** Vouchers whose code and feedback whose reference begins with the text, typed with or without hyphens. */
export async function findCodes(
  db: Store,
  { text, limit }: { text: string; limit: number },
): Promise<Pick<Found, 'vouchers' | 'feedback'>> {
  const code = normalCode(text);
  // What is left of other letters would find codes that nobody asked for.
  if (code.length < CODE_MIN || /[^\p{ASCII}]|@/u.test(text)) return { vouchers: [], feedback: [] };
  const bounds = [code, `${code}\u{10ffff}`, limit] as const;
  const [vouchers, feedback] = await Promise.all([
    db.read(
      statement(
        `SELECT v.code, a.id, a.kind, (SELECT customer_id FROM memberships WHERE account_id = a.id LIMIT 1)
         FROM vouchers AS v JOIN accounts AS a ON a.id = ${heldBy('v.account_id')} WHERE v.code >= ? AND v.code < ?
         ORDER BY v.code LIMIT ?`,
        ...bounds,
      ),
    ),
    db.read(
      statement(
        'SELECT reference, substr(text, 1, 100) FROM feedback WHERE reference >= ? AND reference < ? ORDER BY reference LIMIT ?',
        ...bounds,
      ),
    ),
  ]);
  return {
    vouchers: vouchers.map(([found, accountId, kind, customerId]) => ({
      code: String(found),
      accountId: String(accountId),
      customerId: kind === 'personal' && customerId !== null ? String(customerId) : null,
    })),
    feedback: feedback.map(([reference, said]) => ({ reference: String(reference), text: String(said) })),
  };
}
