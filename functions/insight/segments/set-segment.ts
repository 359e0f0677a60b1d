import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { segmentVersions } from '../../../db/schema/index.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { beginFollowing } from '../../ground/feed/follow-changes.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { issue, lineOfText } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { isAudienceOfRules } from '../../money/programme/audience.ts';
import { checkDefinition } from './check-definition.ts';
import { toDefinitionJson } from './definition.ts';
import type { KeptSegment } from './list-versions.ts';
import { loadWorld } from './load-world.ts';
import { allowRules } from './may-ask.ts';
import { allNamed } from './references.ts';
import { segmentsFollower } from './work-segments.ts';

const insertVersion = insertInto(segmentVersions);

const SEGMENTS_MAX = 300;

/** What rules of a programme are for without naming a segment. */
const reserved = ['everyone', 'club'];

const segmentId = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { abort: true })
  .refine((id) => !reserved.includes(id), issue('reserved', 'means something else already'));

const input = z.strictObject({
  id: segmentId,
  name: lineOfText(120).nullish(),
  definition: z.unknown(),
});

export type SegmentInput = z.input<typeof input>;

export interface SegmentSet {
  segment: KeptSegment;
  outcome: 'created' | 'changed' | 'unchanged';
}

/**
 * Says what a segment asks; a name that is left out stays. The same again changes nothing. Who is in it is asked by the
 * next run of its job, or by `askWholly`.
 * @throws {AppError} `validation_failed` with all that is wrong, by path; circles among them, `forbidden`
 */
export async function setSegment<Answer>(
  ctx: Context,
  typed: SegmentInput,
  options: { answerOf?: (set: SegmentSet) => Answer } & Alongside<Answer> = {},
): Promise<SegmentSet> {
  allow(ctx.actor, 'segments:write');
  const { id, name, definition } = parseInput(input, typed);
  return retrying(ctx, { subject: 'segment', key: 'segments' }, async () => {
    const world = await loadWorld(ctx, ctx.db.fresh);
    const group = checkDefinition(definition, world, { id, path: 'definition' });
    allowRules(ctx.actor, group, world, { path: 'definition' });
    const { segments, revision } = world.kept;
    const before = segments.get(id);
    if (before === undefined && segments.size >= SEGMENTS_MAX)
      throw wrongField('id', 'too_many', `has ${SEGMENTS_MAX} others beside it`);
    const text = JSON.stringify(toDefinitionJson(group));
    const called = name === undefined ? (before?.name ?? null) : name || null;
    const isSame =
      before !== undefined &&
      before.name === called &&
      JSON.stringify(toDefinitionJson(before.group)) === text;
    const segment: KeptSegment = isSame
      ? before
      : { id, name: called, group, revision: revision + 1, at: ctx.now(), actor: actorName(ctx.actor) };
    const outcome = isSame ? 'unchanged' : before === undefined ? 'created' : 'changed';
    const set: SegmentSet = { segment, outcome };
    const answer = options.answerOf?.(set);
    const beside =
      answer === undefined ? [] : (options.alongside?.(answer, outcome === 'created' ? 201 : 200) ?? []);
    await writeDecision(ctx, {
      ...(isSame ? {} : said(segment, text, before?.revision ?? null)),
      beside,
    });
    return set;
  });
}

/** What it asks may name somebody: the log tells the versions, and the segment's page what each asks. */
function said(
  { id, name, revision, at, actor }: Omit<KeptSegment, 'group'>,
  definition: string | null,
  before: number | null,
) {
  return {
    rows: [
      insertVersion({ revision, segmentId: id, name, definition, at, actor }),
      // Whoever changes once everybody was asked is followed from here on.
      ...(definition === null ? [] : [beginFollowing(segmentsFollower)]),
    ],
    audit: {
      kind: definition === null ? 'segment.removed' : 'segment.set',
      subjectKind: 'segment',
      subjectId: id,
      detail: changesOf({ version: before }, { version: definition === null ? null : revision }),
    },
  } as const;
}

/**
 * Removes a segment: everybody leaves it. Who was in it when stays known.
 * @throws {AppError} `not_found`, `segment_in_use` while another segment, a rule, an open drop or a survey on its way names it, `forbidden`
 */
export async function removeSegment(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'segments:write');
  await retrying(ctx, { subject: 'segment', key: 'segments' }, async () => {
    const world = await loadWorld(ctx, ctx.db.fresh);
    const segment = world.kept.segments.get(id);
    if (segment === undefined) throw new AppError('not_found', 'There is no such segment.');
    const naming = [...world.segments].find(([, group]) => allNamed(group, world.segments).has(id));
    if (naming !== undefined) throw new AppError('segment_in_use', `The segment ${naming[0]} names it.`);
    if (await isAudienceOfRules(ctx.db.fresh, id))
      throw new AppError('segment_in_use', 'A rule of the programme is for it.');
    const uses = await Promise.all(ctx.house.audienceUses.map((useOf) => useOf(ctx, id)));
    const use = uses.find((one) => one !== null);
    if (use !== undefined && use !== null) throw new AppError('segment_in_use', use);
    const removal = { ...segment, revision: world.kept.revision + 1, at: ctx.now() };
    await writeDecision(ctx, said({ ...removal, actor: actorName(ctx.actor) }, null, segment.revision));
  });
}
