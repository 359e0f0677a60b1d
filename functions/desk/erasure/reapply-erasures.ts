import type { Context } from '../../ground/platform/context.ts';
import { erase } from './erase-customer.ts';
import { readErasures } from './erasure-list.ts';
import { findPerson } from './find-person.ts';

/**
 * Erases again whoever was erased and came back with a backup or an archive. Answers how many.
 * @throws {FilesUnavailable}
 */
export async function reapplyErasures(ctx: Context): Promise<number> {
  let again = 0;
  for (const { customerId, words, askedBy, at } of await readErasures(ctx)) {
    const person = await findPerson(ctx, customerId);
    if (person === null || person.words.length === 0) continue;
    await erase(ctx, { customerId, words, askedBy, at, isAgain: true });
    again += 1;
  }
  return again;
}
