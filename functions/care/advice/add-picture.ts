import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { keepPicture } from '../campaigns/pictures.ts';

/**
 * Keeps a picture for articles and answers its name, which `![what is on it](name)` shows. The same picture is kept once.
 * @throws {AppError} `validation_failed` at `picture`, `forbidden`
 */
export async function addArticlePicture(
  ctx: Context,
  { bytes }: { bytes: Uint8Array },
  { alongside }: Alongside<{ name: string }> = {},
): Promise<{ name: string }> {
  allow(ctx.actor, 'advice:write');
  return keepPicture(ctx, { bytes, beside: (name) => alongside?.({ name }, 201) ?? [] });
}
