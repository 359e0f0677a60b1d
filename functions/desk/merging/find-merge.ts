import type { Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { listMergesOf } from './queries.ts';
import { allowMerging } from './terms.ts';

/**
 * The merge that stands of two customers, each named by an email or an id.
 * @throws {AppError} `not_found`
 */
export async function findStandingMerge(
  ctx: Context,
  named: { survivor: string; merged: string },
): Promise<{ id: string }> {
  allowMerging(ctx);
  const email = knownEmail(named.survivor);
  const [byEmail] = email === null ? [] : await listCustomersByAnyEmail(ctx.db.fresh, { email });
  const survivorId = byEmail?.id ?? named.survivor;
  const other = knownEmail(named.merged);
  const merges = await listMergesOf(ctx.db.fresh, { id: survivorId });
  const found = merges.find(
    (merge) =>
      merge.survivorId === survivorId &&
      merge.undoneAt === null &&
      (merge.mergedId === named.merged || (other !== null && merge.email === other)),
  );
  if (found === undefined) throw new AppError('not_found', 'These two were not merged, or it was undone.');
  return { id: found.id };
}
