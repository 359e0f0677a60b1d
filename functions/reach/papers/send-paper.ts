import { z } from 'zod';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { findPaper } from './queries.ts';

/** The mail by which a paper was told of. */
export interface PaperSent {
  paperId: string;
  mailId: string;
}

/** `formKey` is what a form that is sent twice is known by. */
const input = z.strictObject({
  id: z.string().max(100),
  formKey: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});

/**
 * Tells who bought of a paper by mail, with the link to it. The same form sent twice is one mail.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`, `scope_missing`
 */
export async function sendPaper(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<PaperSent> = {},
): Promise<PaperSent> {
  allow(ctx.actor, 'orders:write');
  const { id, formKey = newId() } = parseInput(input, typed);
  const row = await findPaper(ctx.db.fresh, { id });
  if (row === null) throw new AppError('not_found', 'There is no such paper.');
  const { kind, number, orderNumber: order, totalMinor: minor, currency, rootId, customerId } = row;
  const sent = { paperId: id, mailId: formKey };
  const params = { id, kind, number, order, total: { minor, currency }, rootId };
  try {
    await writeDecision(ctx, {
      letters: [{ id: formKey, template: 'paper_sent', params, customerId }],
      audit: { kind: 'paper.sent', subjectKind: 'paper', subjectId: id, detail: { number } },
      beside: options.alongside?.(sent, 201) ?? [],
    });
  } catch (error) {
    if (!isConflictOn(error, 'outbox.id')) throw error;
  }
  ctx.wakeMail('soon');
  return sent;
}
