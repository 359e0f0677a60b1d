import { insertInto } from '../../../db/query.ts';
import { orderRequestAnswers } from '../../../db/schema/index.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { mayActOn } from '../../people/households/may-act-on.ts';
import { findPlaceOf } from './list-own-requests.ts';
import { findById, findByReference } from './queries.ts';

const insertAnswer = insertInto(orderRequestAnswers);

/**
 * The signed-in customer takes a request back while nobody answered it; once more, nothing happens.
 * @throws {AppError} `not_found` for one that they do not see, `forbidden` for another member's, `already_decided`
 */
export async function withdrawRequest(ctx: Context, { reference }: { reference: string }): Promise<void> {
  const customerId = customerIdOf(ctx);
  const [row, places] = await Promise.all([
    findByReference(ctx.db.fresh, { reference: normalCode(reference) }),
    listOrderPlaces(ctx),
  ]);
  const place = row === null ? null : findPlaceOf(row, places);
  if (row === null || place === null) throw new AppError('not_found', 'There is no such request.');
  if (!(await mayActOn(ctx, place, { customerId, ownerId: row.customerId })))
    throw new AppError('forbidden', 'Only who asked, or who manages the account, may take it back.');
  const { id, rootId } = row;
  await writeHistory(ctx, rootId, async (seen) => {
    const now = await findById(seen.db.fresh, { id });
    if (now?.outcome === 'withdrawn') return unchanged;
    if (now === null || now.outcome !== null)
      throw new AppError('already_decided', 'This request is decided already.');
    return {
      rows: [
        insertAnswer({
          ...{ requestId: id, outcome: 'withdrawn', orderSource: null, orderNumber: null, text: null },
          ...{ at: ctx.now(), actor: actorName(ctx.actor) },
        }),
      ],
      history: { kind: 'order_request_withdrawn', detail: { request: id, number: row.reference } },
    };
  });
}
