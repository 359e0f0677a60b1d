import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import type { SegmentWorld } from './compile.ts';
import { loadSegments, type SegmentsKept } from './list-versions.ts';

/** All that a definition may name now. */
export interface LoadedWorld extends SegmentWorld {
  kept: SegmentsKept;
}

/** The fields of all rooms and of the business, and the segments there are. */
export async function loadWorld(ctx: Context, db: Store = ctx.db): Promise<LoadedWorld> {
  const [kept, fields] = await Promise.all([loadSegments(db), loadFields({ ...ctx, db })]);
  const groups = [...kept.segments].map(([id, { group }]) => [id, group] as const);
  return { kept, segments: new Map(groups), fields };
}

/** Every field that may be asked about, by name, in the order of the rooms. */
export async function loadFields(ctx: Context): Promise<ReadonlyMap<string, SegmentField>> {
  const own = await Promise.all(ctx.house.ownSegmentFields.map((fieldsOf) => fieldsOf(ctx)));
  return new Map([...ctx.house.segmentFields, ...own.flat()].map((field) => [field.name, field]));
}
