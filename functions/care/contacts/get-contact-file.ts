import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { orAway } from '../../voice/feedback/attachments.ts';
import type { Attachment } from '../../voice/feedback/get-attachment.ts';
import { isPicture } from '../../voice/feedback/get-thread.ts';

/** A file that came with a mail in the log, for staff. @throws {AppError} `not_found`, `unavailable`, `forbidden` */
export async function getContactFile(ctx: Context, { id }: { id: string }): Promise<Attachment> {
  allow(ctx.actor, 'contacts:read');
  const [row] = await ctx.db.read(
    statement('SELECT name, media_type, stored_as FROM contact_attachments WHERE id = ?', id),
  );
  const bytes = row === undefined ? null : await orAway(ctx.files?.get(String(row[2])));
  if (row === undefined || bytes == null) throw new AppError('not_found', 'There is no such file.');
  const mediaType = String(row[1]);
  return { bytes, name: String(row[0]), mediaType, isPicture: isPicture(mediaType) };
}
