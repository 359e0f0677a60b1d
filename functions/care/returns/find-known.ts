import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type CheckedFile, sha256Of } from '../../voice/feedback/attachments.ts';
import { loadReturn } from './load-return.ts';
import { findReturnByKey } from './queries.ts';
import type { RequestInput, ReturnAnswer } from './schema.ts';
import { toReturnAnswer } from './to-answer.ts';

interface Sent {
  key: string;
  input: RequestInput;
  files: readonly CheckedFile[];
}

/** What the same form asked for before; null for nothing. @throws {AppError} `idempotency_key_reused` where it held something else */
export async function findKnown(ctx: Context, { key, input, files }: Sent): Promise<ReturnAnswer | null> {
  const row = await findReturnByKey(ctx.db.fresh, { key });
  if (row === null) return null;
  const known = await loadReturn(ctx, { id: row.id });
  const { source, number, wish, note } = known.row;
  const pictures = known.files.filter(({ kind }) => kind === 'picture').map(({ sha256 }) => sha256);
  const was = wishes({ source, number, wish, note }, { lines: known.lines, pictures });
  const lines = input.lines.map(({ line, quantity, reason }) => ({
    ...{ lineId: line, quantityMilli: Math.round(quantity * 1000), reason },
  }));
  const asked = { ...input.order, wish: input.outcome, note: input.note };
  if (was !== wishes(asked, { lines, pictures: files.map(sha256Of) }))
    throw new AppError('idempotency_key_reused', 'This form was sent with something else in it before.');
  return toReturnAnswer(known);
}

/** What somebody chose and typed, in a sequence that it does not depend on. */
const wishes = (
  { source, number, wish, note }: { source: string; number: string; wish: string; note: string | null },
  about: {
    lines: readonly { lineId: string; quantityMilli: number; reason: string }[];
    pictures: readonly string[];
  },
) =>
  JSON.stringify([
    ...[source, number, wish, note],
    about.lines
      .map(({ lineId, quantityMilli, reason }) => [lineId, quantityMilli, reason].join(' '))
      .toSorted(),
    about.pictures.toSorted(),
  ]);
