import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { bytesOf, checkFiles, keepFiles } from './attachments.ts';
import { isOver } from './case-state.ts';
import { changeCase, notMovable } from './change-case.ts';
import type { SentFile } from './file-limits.ts';
import { assertMaySend, assertMayWrite } from './limits.ts';
import { findOwn, type OwnReference } from './own-feedback.ts';
import { type FeedbackRow, findEventByKey } from './queries.ts';
import { saidText } from './schema.ts';
import { insertMessage } from './statements.ts';

/** `client` is the group of addresses it comes from, which is only counted. */
interface Added extends OwnReference {
  text: string;
  key: string;
  client?: string;
}

/**
 * The author adds something to feedback of theirs; where the case was over, it is open again, and where there was none,
 * there is one now.
 * @throws {AppError} `not_found`, `validation_failed`, `too_many_requests`
 */
export async function addMessage(ctx: Context, input: Added, files: readonly SentFile[] = []): Promise<void> {
  const text = parseInput(saidText, input.text);
  const row = await findOwn(ctx, input, ctx.db.fresh);
  const checked = await checkFiles(files);
  const author = authorOf(ctx, row);
  const key = `${row.id}:${input.key}`;
  if ((await findEventByKey(ctx.db.fresh, { key: `${actorName(author.actor)}:${key}` })) !== null) return;
  await assertAuthorMayWrite(ctx, row, input.client);
  if (row.customerId === null && input.client !== undefined) {
    await assertMaySend(ctx, { client: input.client, bytes: bytesOf(checked) });
  }
  const messageId = newId();
  await keepFiles(author, checked, (rowsOf) =>
    changeCase(author, { feedbackId: row.id, key }, ({ case: openCase }) => ({
      events: [
        ...(openCase !== null && isOver(openCase.state) ? [{ kind: 'reopened' } as const] : []),
        { kind: 'customer_wrote', subjectId: messageId },
      ],
      history: { kind: 'feedback_added' },
      rows: [
        insertMessage({
          id: messageId,
          feedbackId: row.id,
          from: 'customer',
          text,
          isInternal: false,
          at: ctx.now(),
          actor: actorName(author.actor),
        }),
        ...rowsOf({ feedbackId: row.id, messageId }),
      ],
    })),
  );
}

/**
 * The author says that it is settled, or that it is not: the case is closed, or open again.
 * @throws {AppError} `not_found`, `case_not_movable`, `too_many_requests`
 */
export async function settleOwn(
  ctx: Context,
  input: OwnReference & { isSettled: boolean; client?: string },
): Promise<void> {
  const row = await findOwn(ctx, input, ctx.db.fresh);
  await assertAuthorMayWrite(ctx, row, input.client);
  const author = authorOf(ctx, row);
  const move = input.isSettled ? 'closed' : 'reopened';
  await changeCase(author, { feedbackId: row.id }, ({ case: openCase }) => {
    if (openCase === null || !isOver(openCase.state) || (input.isSettled && openCase.state === 'closed')) {
      throw notMovable();
    }
    return { events: [{ kind: move }], history: { kind: `case_${move}` } };
  });
}

/** Each act of an author counts; of who is unnamed also by where it comes from. */
async function assertAuthorMayWrite(
  ctx: Context,
  row: FeedbackRow,
  client: string | undefined,
): Promise<void> {
  await assertMayWrite(ctx, { kind: 'customer', subject: row.customerId ?? row.id });
  if (row.customerId === null && client !== undefined)
    await assertMayWrite(ctx, { kind: 'client', subject: client });
}

/** Who wrote unnamed stays so, also while signed in. */
const authorOf = (ctx: Context, { customerId }: { customerId: string | null }): Context =>
  customerId === null ? { ...ctx, actor: { kind: 'anonymous' } } : ctx;
