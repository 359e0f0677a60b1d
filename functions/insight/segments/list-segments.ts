import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { segmentAskings, segmentVersions } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listAudienceCounts } from '../../money/programme/audience-counts.ts';
import type { SegmentGroup } from './definition.ts';
import { listFailures, type SegmentFailure } from './failures.ts';
import { type KeptSegment, loadSegments, readKept } from './list-versions.ts';
import { loadFields } from './load-world.ts';
import { toldTo } from './may-ask.ts';

/** A segment with how many were in it when everybody, or whoever something happened with, was last asked. */
export interface SegmentListed extends KeptSegment {
  members: number;
  /** When everybody was last asked; null before the first time, and while that fails. */
  askedAt: number | null;
  /** Why it cannot be asked, since when, and when it is tried again; null where it can. */
  failure: Pick<SegmentFailure, 'reason' | 'at' | 'againAt'> | null;
}

/** All segments by id; what they say without the values of what a key may not ask. @throws {AppError} `forbidden` */
export async function listSegments(ctx: Context): Promise<SegmentListed[]> {
  allow(ctx.actor, 'segments:read');
  const [{ segments }, fields, counts, askings, failures] = await Promise.all([
    loadSegments(ctx.db),
    loadFields(ctx),
    listAudienceCounts(ctx.db),
    listAskings(ctx.db),
    listFailures(ctx.db),
  ]);
  const members = new Map(counts.map(({ segmentId, members }) => [segmentId, members]));
  const failed = new Map(failures.map((failure) => [failure.segmentId, failure]));
  const asked = new Map(askings.map(({ segmentId, at }) => [segmentId, at]));
  return [...segments.values()].map((segment) => ({
    ...segment,
    group: toldTo(ctx.actor, segment.group, fields),
    members: members.get(segment.id) ?? 0,
    askedAt: asked.get(segment.id) ?? null,
    failure: asked.has(segment.id) ? null : (failed.get(segment.id) ?? null),
  }));
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getSegment(ctx: Context, { id }: { id: string }): Promise<SegmentListed> {
  const segment = (await listSegments(ctx)).find((one) => one.id === id);
  if (segment === undefined) throw new AppError('not_found', 'There is no such segment.');
  return segment;
}

/** So many are shown of a segment that is changed often. */
const VERSIONS_MAX = 50;

const listOfSegment = query((db) =>
  db
    .select()
    .from(segmentVersions)
    .where(eq(segmentVersions.segmentId, sql.placeholder('id')))
    .orderBy(desc(segmentVersions.revision))
    .limit(VERSIONS_MAX),
);

/** What a segment asked so far. */
export interface SegmentVersion extends Omit<KeptSegment, 'id' | 'group'> {
  /** Null of a version that removed it. */
  group: SegmentGroup | null;
}

/** What a segment asked so far, the newest first. @throws {AppError} `forbidden` */
export async function listSegmentVersions(ctx: Context, { id }: { id: string }): Promise<SegmentVersion[]> {
  allow(ctx.actor, 'segments:read');
  const [rows, fields] = await Promise.all([listOfSegment(ctx.db, { id }), loadFields(ctx)]);
  return rows.map(({ definition, segmentId: _, ...version }) => ({
    ...version,
    group: definition === null ? null : toldTo(ctx.actor, readKept(definition), fields),
  }));
}

const listAskings = query((db) =>
  db.select({ segmentId: segmentAskings.segmentId, at: segmentAskings.at }).from(segmentAskings),
);
