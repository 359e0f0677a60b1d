import { desc } from 'drizzle-orm';
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

const listNewest = query((db) =>
  db.select().from(outbox).orderBy(desc(outbox.createdAt), desc(outbox.id)).limit(25),
);

/**
 * The newest mails of a deployment that sends none, with their codes and links.
 * @throws {AppError} `not_found` unless mail goes to the mailbox page
 */
export async function listMailbox(ctx: Context): Promise<MailboxItem[]> {
  if (ctx.config.mail.kind !== 'mailbox') throw new AppError('not_found', 'There is no mailbox here.');
  const rows = await listNewest(ctx.db);
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
