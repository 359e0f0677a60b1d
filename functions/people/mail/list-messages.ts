import { and, desc, eq, isNull, notInArray, notLike, or, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { outbox } from '../../../db/schema/index.ts';
import { hiddenReasons } from '../../ground/outbox/withhold.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { pageCount, ROWS_A_PAGE } from '../../ground/platform/paging.ts';
import { composeMail } from './compose-mail.ts';
import { type KeptLetter, letterOf, readLetter } from './kept-letter.ts';

/** A mail as its reader finds it in the portal. */
export interface Message {
  id: string;
  at: number;
  /** `shown`: it was not mailed, for the reason in `withheld`, or could not be. */
  state: 'sent' | 'waiting' | 'shown';
  withheld: string | null;
  letter: KeptLetter;
}

export const messageColumns = {
  id: outbox.id,
  template: outbox.template,
  params: outbox.params,
  customerId: outbox.customerId,
  address: outbox.address,
  language: outbox.language,
  createdAt: outbox.createdAt,
  sentAt: outbox.sentAt,
  failedAt: outbox.failedAt,
  withheldAt: outbox.withheldAt,
  failure: outbox.failure,
  letter: outbox.letter,
};

/** What carries a code was for one moment and one browser, and is not shown again; nor is what its reader was not meant to have. */
const isReadable = and(
  eq(outbox.customerId, sql.placeholder('customerId')),
  notLike(outbox.params, '%"challengeId"%'),
  // What it said was kept for long enough.
  sql`${outbox.letter} IS NOT ''`,
  or(isNull(outbox.withheldAt), notInArray(outbox.failure, [...hiddenReasons])),
);

const listRows = query((db) =>
  db
    .select(messageColumns)
    .from(outbox)
    .where(isReadable)
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset')),
);

const countRows = query((db) =>
  db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(outbox)
    .where(isReadable),
);

const findRow = query((db) =>
  db
    .select(messageColumns)
    .from(outbox)
    .where(and(eq(outbox.id, sql.placeholder('id')), isReadable)),
);
type MessageRow = Awaited<ReturnType<typeof listRows>>[number];

/**
 * The signed-in customer's mail, newest first, whether or not it was sent. A page beyond the last shows the last.
 * @throws {AppError} `unauthenticated`
 */
export async function listMessages(
  ctx: Context,
  { page: asked }: { page: number },
): Promise<{ items: Message[]; page: number; pages: number }> {
  const customerId = customerIdOf(ctx);
  const [[counted], rows] = await Promise.all([
    countRows(ctx.db, { customerId }),
    listRows(ctx.db, { customerId, limit: ROWS_A_PAGE, offset: (asked - 1) * ROWS_A_PAGE }),
  ]);
  const pages = pageCount(counted?.rows ?? 0);
  if (asked > pages) return listMessages(ctx, { page: pages });
  const items = await Promise.all(rows.map((row) => messageOf(ctx, row)));
  return { items: items.filter((item) => item !== null), page: asked, pages };
}

/** One of them. @throws {AppError} `not_found`, `unauthenticated` */
export async function getMessage(ctx: Context, { id }: { id: string }): Promise<Message> {
  const [row] = await findRow(ctx.db, { id, customerId: customerIdOf(ctx) });
  const message = row === undefined ? null : await messageOf(ctx, row);
  if (message === null) throw new AppError('not_found', 'There is no such message.');
  return message;
}

/** What was never sent, or not by mail, is put into words when it is read. */
export async function messageOf(ctx: Context, row: MessageRow): Promise<Message | null> {
  if (row.letter === '') return null;
  const letter = row.letter === null ? await compose(ctx, row) : readLetter(row.letter);
  if (letter === null) return null;
  const isShown = row.withheldAt !== null || row.failedAt !== null;
  return {
    id: row.id,
    at: row.sentAt ?? row.createdAt,
    state: isShown ? 'shown' : row.sentAt === null ? 'waiting' : 'sent',
    withheld: row.withheldAt === null ? null : row.failure,
    letter,
  };
}

/** A mail of an earlier release may be none of ours any more. */
async function compose(ctx: Context, row: MessageRow): Promise<KeptLetter | null> {
  const form = ctx.house.letters.get(row.template);
  if (form === undefined) return null;
  const composed = await composeMail(ctx, row);
  if (composed === null) return null;
  const letter = letterOf(composed);
  return form.isSecret ? { ...letter, code: null } : letter;
}
