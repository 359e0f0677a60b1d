import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';

const input = z.strictObject({ accountId: z.string().max(100), isPinned: z.boolean() });

/** Keeps a root account among the key accounts, or no longer. @throws {AppError} `not_found`, `forbidden` */
export async function pinAccount(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { accountId, isPinned } = parseInput(input, typed);
  await writeHistory(ctx, accountId, async (seen) => {
    const pinnedAt = await findPinnedAt(seen.db.fresh, accountId);
    if ((pinnedAt !== null) === isPinned) return unchanged;
    const done = isPinned ? 'pinned' : 'unpinned';
    return {
      history: { kind: `customer_${done}`, detail: {} },
      rows: [
        isPinned
          ? statement(
              'INSERT INTO account_pins (root_id, at, actor) VALUES (?, ?, ?)',
              accountId,
              ctx.now(),
              actorName(ctx.actor),
            )
          : statement('DELETE FROM account_pins WHERE root_id = ?', accountId),
      ],
      audit: { kind: `customer.${done}`, subjectKind: 'account', subjectId: accountId },
    };
  });
}

/** When a root account was pinned; null for one that is not. */
export async function findPinnedAt(db: Store, accountId: string): Promise<number | null> {
  const [row] = await db.read(statement('SELECT at FROM account_pins WHERE root_id = ?', accountId));
  return row === undefined ? null : Number(row[0]);
}
