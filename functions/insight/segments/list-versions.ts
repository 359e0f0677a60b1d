import { asc, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { segmentVersions } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { assert } from '../../ground/platform/errors.ts';
import { readDefinition, type SegmentGroup } from './definition.ts';

/** A segment as it stands. */
export interface KeptSegment {
  id: string;
  /** In the words of the business; null where it has none. */
  name: string | null;
  group: SegmentGroup;
  revision: number;
  /** When it was last said anew, and by whom. */
  at: number;
  actor: string;
}

const listNewest = query((db) =>
  db
    .select()
    .from(segmentVersions)
    .where(sql`revision IN (SELECT max(revision) FROM segment_versions GROUP BY segment_id)`)
    .orderBy(asc(segmentVersions.segmentId)),
);

export interface SegmentsKept {
  /** By id. */
  segments: ReadonlyMap<string, KeptSegment>;
  /** Ids of those that were removed, with the revision that did it. */
  removed: ReadonlyMap<string, number>;
  /** The newest revision of all; 0 before the first. */
  revision: number;
}

/** All segments there are, and those there were. */
export async function loadSegments(db: Store): Promise<SegmentsKept> {
  const rows = await listNewest(db);
  const segments = new Map<string, KeptSegment>();
  const removed = new Map<string, number>();
  for (const { segmentId: id, definition, ...rest } of rows) {
    if (definition === null) removed.set(id, rest.revision);
    else segments.set(id, { ...rest, id, group: readKept(definition) });
  }
  return { segments, removed, revision: Math.max(0, ...rows.map(({ revision }) => revision)) };
}

export function readKept(definition: string): SegmentGroup {
  const read = readDefinition(JSON.parse(definition));
  assert(read.ok, 'a kept definition was checked');
  return read.group;
}
