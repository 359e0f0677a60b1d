import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { customerNotes } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';

const input = z.strictObject({
  customerId: z.string().max(64),
  text: freeText(2000).refine((text) => text !== null, {
    params: { code: 'required' },
    message: 'may not be empty',
  }),
  /** Made with the form: sent twice, the note is there once. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

const insertNote = insertInto(customerNotes);

/**
 * Keeps what staff remark about a customer among themselves.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`
 */
export async function addNote(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { customerId, text, key } = parseInput(input, typed);
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  if (place === undefined) throw new AppError('not_found', 'There is no such customer.');
  const row = { id: key, customerId, text: text ?? '', at: ctx.now(), actor: actorName(ctx.actor) };
  try {
    await writeHistory(ctx, place.rootId, () => ({
      history: { kind: 'customer_noted', detail: { note: key } },
      rows: [insertNote(row)],
      audit: { kind: 'customer.noted', subjectKind: 'customer', subjectId: customerId },
    }));
  } catch (error) {
    if (!isConflictOn(error, 'customer_notes')) throw error;
  }
}
