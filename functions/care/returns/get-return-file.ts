import type { Context } from '../../ground/platform/context.ts';
import { orAway } from '../../voice/feedback/attachments.ts';
import type { Attachment } from '../../voice/feedback/get-attachment.ts';
import { isPicture } from '../../voice/feedback/get-thread.ts';
import { loadReturn, noReturn } from './load-return.ts';
import { accessTo } from './own-order.ts';
import { findReturnFile } from './queries.ts';

/** A picture or label of a return, for whoever has its order and for staff. @throws {AppError} `not_found`, `unavailable` */
export async function getReturnFile(ctx: Context, { id }: { id: string }): Promise<Attachment> {
  if (ctx.actor.kind !== 'customer' && ctx.actor.kind !== 'staff') throw noReturn();
  const file = await findReturnFile(ctx.db, { id });
  if (file === null) throw noReturn();
  const { order } = await loadReturn(ctx, { id: file.returnId });
  await accessTo(ctx, order, 'orders:read');
  const bytes = await orAway(ctx.files?.get(file.storedAs));
  if (bytes == null) throw noReturn();
  const { name, mediaType } = file;
  return { bytes, name, mediaType, isPicture: isPicture(mediaType) };
}
