import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { loadSegments } from './list-versions.ts';

/** The segments there are, by id, and what the business calls them. @throws {AppError} `forbidden` */
export async function listSegmentNames(ctx: Context): Promise<{ id: string; name: string | null }[]> {
  allow(ctx.actor, 'segments:read');
  const { segments } = await loadSegments(ctx.db);
  return [...segments.values()].map(({ id, name }) => ({ id, name }));
}
