import { z } from 'zod';
import { insertInto } from '../../db/query.ts';
import { customerNotes } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { listPlaces } from '../accounts/places.ts';
import { recordAct } from '../audit/record-act.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { freeText } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';

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
export async function addNote(ctx: Context, given: z.input<typeof input>): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const { customerId, text, key } = parseInput(input, given);
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  if (place === undefined) throw new AppError('not_found', 'There is no such customer.');
  const row = { id: key, customerId, text: text ?? '', at: ctx.now(), actor: actorName(ctx.actor) };
  const act = { act: 'customer.noted', subjectKind: 'customer', subjectId: customerId };
  try {
    await note(ctx, place.rootId, () => ({
      kind: 'customer_noted',
      detail: { note: key },
      statements: [insertNote(row), recordAct(ctx, act)],
      result: undefined,
    }));
  } catch (error) {
    if (!isConflictOn(error, 'customer_notes')) throw error;
  }
}
