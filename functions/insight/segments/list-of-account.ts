import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listAudiencesOf } from '../../money/programme/audience.ts';
import { loadSegments } from './list-versions.ts';

/** The segments that a root account is in now, since when, as they were last asked. @throws {AppError} `forbidden` */
export async function listSegmentsOf(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<{ id: string; name: string | null; since: number }[]> {
  allow(ctx.actor, 'segments:read');
  const [{ segments }, own] = await Promise.all([loadSegments(ctx.db), listAudiencesOf(ctx.db, accountId)]);
  return own.flatMap(({ segmentId, since }) => {
    const segment = segments.get(segmentId);
    return segment === undefined ? [] : [{ id: segmentId, name: segment.name, since }];
  });
}
