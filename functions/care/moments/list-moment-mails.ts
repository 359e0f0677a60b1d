import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { MomentName } from '../../ground/settings/moment.ts';
import { listMails } from './queries.ts';

/** A mail of a moment, and what became of it. */
export type MomentMail = Awaited<ReturnType<typeof listMails>>[number];

/** The newest 50 mails of a moment, whoever they were to. @throws {AppError} `forbidden`, `scope_missing` */
export async function listMomentMails(ctx: Context, { name }: { name: MomentName }): Promise<MomentMail[]> {
  allow(ctx.actor, 'customers:read');
  return listMails(ctx.db, { name });
}
