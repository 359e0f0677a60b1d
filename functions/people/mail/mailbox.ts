import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { outbox } from '../../../db/schema/index.ts';
import { isAskedOfThisMachine } from '../../ground/http/this-machine.ts';
import type { Config } from '../../ground/platform/config.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type Composed, composeMail } from './compose-mail.ts';

export interface MailboxItem extends Composed {
  id: string;
  template: string;
  at: number;
  /** Why it was decided not to send it; null when it would have been. */
  withheld: string | null;
}

/** How many mails a page of the mailbox shows: few enough for an old phone. */
export const MAILBOX_PAGE = 25;

const listNewest = query((db) =>
  db
    .select()
    .from(outbox)
    .where(
      sql`${sql.placeholder('before')} IS NULL OR (${outbox.createdAt}, ${outbox.id}) <
        (SELECT at.created_at, at.id FROM outbox AS at WHERE at.id = ${sql.placeholder('before')})`,
    )
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(MAILBOX_PAGE),
);

const listOne = query((db) =>
  db
    .select()
    .from(outbox)
    .where(eq(outbox.id, sql.placeholder('id'))),
);

/** Which mails of the mailbox: those older than one, one of them, or the newest. */
export interface MailboxAsked {
  before?: string | null;
  id?: string;
}

/**
 * Mails of a deployment that sends none, newest first, with their codes and links; {@link MAILBOX_PAGE} at the most.
 * @throws {AppError} `not_found` unless mail goes to the mailbox page
 */
export async function listMailbox(
  ctx: Context,
  { before = null, id }: MailboxAsked = {},
): Promise<MailboxItem[]> {
  if (ctx.config.mail.kind !== 'mailbox') throw new AppError('not_found', 'There is no mailbox here.');
  const rows = await (id === undefined ? listNewest(ctx.db, { before }) : listOne(ctx.db, { id }));
  const composed = await Promise.all(rows.map((row) => composeMail(ctx, row)));
  return composed.flatMap((mail, index) => {
    const row = rows[index];
    return mail === null || row === undefined
      ? []
      : [
          {
            ...mail,
            ...{ id: row.id, template: row.template, at: row.createdAt },
            withheld: row.withheldAt === null ? null : row.failure,
          },
        ];
  });
}

/** Whether a request may see the mailbox: asked of this machine by this machine. */
export function isMailboxRequest(request: Request, config: Config, httpVersion?: string): boolean {
  return config.mail.kind === 'mailbox' && isAskedOfThisMachine(request, config, httpVersion);
}
