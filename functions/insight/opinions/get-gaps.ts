import { type SQL, sql } from 'drizzle-orm';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { accountKind } from '../../money/accounts/name-accounts.ts';
import { getBusiness } from '../../money/business/business.ts';
import { membersNow } from '../../money/programme/audience.ts';
import { askedTopics } from '../../voice/surveys/asked-parts.ts';
import type { Words } from '../../voice/surveys/definition.ts';
import { nameTopics } from '../../voice/surveys/topics.ts';
import type { RelationshipLevel } from '../facts/level.ts';
import { loadWorld } from '../segments/load-world.ts';
import { allowMembers } from '../segments/may-ask.ts';
import { gapsOf, PEOPLE_MIN, type TopicGap } from './gap.ts';
import { type BehindTopic, listBehindTopic, sumTopics } from './queries.ts';

export const accountTypes = ['personal', 'household', 'company'] as const;

/** Whose answers are counted: of a kept segment, a level or a type of account; of everybody where none is named. */
export interface GapsOf {
  segment?: string | null;
  level?: RelationshipLevel | null;
  type?: (typeof accountTypes)[number] | null;
}

export type NamedGap = TopicGap & { text: Words };

/**
 * How much each topic matters to people and how well they find it done, each person once by what they told last; the widest gap of
 * the most important first. Of fewer than five people nothing is told.
 * @throws {AppError} `not_found` of the segment, `forbidden` also where it asks what is kept from the actor
 */
export async function getGaps(ctx: Context, of: GapsOf = {}): Promise<NamedGap[]> {
  allow(ctx.actor, 'feedback:read');
  const [asked, names, roots] = await Promise.all([
    askedTopics(ctx.db),
    nameTopics(ctx.db),
    rootsOf(ctx, of),
  ]);
  const sums = await sumTopics(ctx.db, { asked, roots });
  return gapsOf(sums, { least: PEOPLE_MIN }).map((gap) => ({ ...gap, text: names.get(gap.topicId) ?? {} }));
}

const PAGE = 50;

/** The people behind a topic, a page of fifty. @throws {AppError} `not_found`, and what `getGaps` throws */
export async function listPeopleOfTopic(
  ctx: Context,
  { topicId, page, ...of }: GapsOf & { topicId: string; page: number },
): Promise<{ text: Words; items: BehindTopic[]; hasMore: boolean }> {
  allow(ctx.actor, 'feedback:read');
  allow(ctx.actor, 'customers:read');
  const [asked, names, roots] = await Promise.all([
    askedTopics(ctx.db),
    nameTopics(ctx.db),
    rootsOf(ctx, of),
  ]);
  const text = names.get(topicId);
  if (text === undefined) throw new AppError('not_found', 'There is no such topic.');
  const rows = await listBehindTopic(ctx.db, {
    ...{ asked, roots, topicId },
    limit: PAGE + 1,
    offset: (page - 1) * PAGE,
  });
  return { text, items: rows.slice(0, PAGE), hasMore: rows.length > PAGE };
}

/** SQL of the root accounts that are meant; null for all. */
async function rootsOf(ctx: Context, { segment, level, type }: GapsOf): Promise<SQL | null> {
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  if (segment) await allowSegment(ctx, segment);
  const lists = [
    ...(segment ? [membersNow(segment)] : []),
    ...(level
      ? [
          sql`SELECT l.root_id FROM account_levels AS l WHERE l.level = ${level} AND l.from_day <= ${today}
            AND (l.until_day IS NULL OR l.until_day > ${today})`,
        ]
      : []),
    ...(type
      ? [
          sql`SELECT t.id FROM accounts AS t WHERE t.id = t.root_id AND ${sql.raw(accountKind('t'))} = ${type}`,
        ]
      : []),
  ];
  return lists.length === 0 ? null : sql.join(lists, sql` INTERSECT `);
}

async function allowSegment(ctx: Context, id: string): Promise<void> {
  const world = await loadWorld(ctx);
  const group = world.segments.get(id);
  if (group === undefined) throw new AppError('not_found', 'There is no such segment.');
  allowMembers(ctx.actor, group, world);
}
