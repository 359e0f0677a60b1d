import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { listPlaces } from '../../../money/accounts/places.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';

const input = z.strictObject({ customerId: z.string().max(100), isPinned: z.boolean() });

/** Keeps a customer on top of the list, or no longer. @throws {AppError} `not_found`, `forbidden` */
export async function pinCustomer(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { customerId, isPinned } = parseInput(input, typed);
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  if (place === undefined) throw new AppError('not_found', 'There is no such customer.');
  await writeHistory(ctx, place.rootId, async (seen) => {
    const kept = await seen.db.fresh.read(
      statement('SELECT 1 FROM customer_pins WHERE customer_id = ?', customerId),
    );
    if (kept.length > 0 === isPinned) return unchanged;
    const kind = isPinned ? 'customer_pinned' : 'customer_unpinned';
    return {
      history: { kind, detail: { customerId } },
      rows: [
        isPinned
          ? statement(
              'INSERT INTO customer_pins (customer_id, at, actor) VALUES (?, ?, ?)',
              customerId,
              ctx.now(),
              actorName(ctx.actor),
            )
          : statement('DELETE FROM customer_pins WHERE customer_id = ?', customerId),
      ],
      audit: {
        kind: isPinned ? 'customer.pinned' : 'customer.unpinned',
        subjectKind: 'customer',
        subjectId: customerId,
      },
    };
  });
}
