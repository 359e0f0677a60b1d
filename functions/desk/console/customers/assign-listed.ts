import type { Context } from '../../../ground/platform/context.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { ACCOUNTS_MAX, assignMany, type ManyAssigned } from '../../../people/managers/assign-many.ts';
import { allowAssigning } from '../../../people/managers/may-assign.ts';
import { type CustomerPlace, seek } from './find-filtered.ts';
import { catchUp } from './follow-figures.ts';
import { listPage, orderFor } from './list-customers.ts';
import { readMeant } from './meant.ts';
import type { CustomersAsked } from './read-filter.ts';

/** The accounts that a list of customers shows, each once; null for more than are given at once. */
export async function listShownAccounts(ctx: Context, asked: CustomersAsked): Promise<string[] | null> {
  await allowAssigning(ctx);
  const read = await readMeant(ctx, asked);
  const { isUnsorted } = await catchUp(ctx);
  const meant = { ...read, order: orderFor(read.order, { isUnsorted }) };
  const sought = await seek(ctx.db, meant.filter);
  const ids = new Set<string>();
  let after: CustomerPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPage>> = await listPage(
      ctx,
      { ...meant, sought },
      { after, limit: ACCOUNTS_MAX },
    );
    for (const { rootId } of page.items) ids.add(rootId);
    if (ids.size > ACCOUNTS_MAX) return null;
    after = page.places.length < ACCOUNTS_MAX ? page.goOn : (page.places.at(-1) ?? null);
  } while (after !== null);
  return read.isCut ? null : [...ids];
}

/**
 * Gives all accounts that a list of customers shows into the hands of one member of the team.
 * @throws {AppError} as `listCustomers` and `assignMany`, and `validation_failed` for more than a thousand accounts, or none
 */
export async function assignListed(
  ctx: Context,
  { asked, ...to }: { asked: CustomersAsked; manager: string; why: string | null; isAlsoByHand: boolean },
): Promise<ManyAssigned> {
  const accountIds = await listShownAccounts(ctx, asked);
  if (accountIds === null)
    throw wrongField(
      '',
      'too_many',
      `are more than ${ACCOUNTS_MAX}: make a segment of them and a rule for it`,
    );
  if (accountIds.length === 0) return { given: 0, same: 0, kept: 0, left: 0 };
  return assignMany(ctx, { ...to, accountIds });
}
