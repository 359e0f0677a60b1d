import { asc, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { procedures, procedureTicks, replyStandards } from '../../../db/schema/index.ts';
import type { RelationshipLevel } from '../../insight/facts/level.ts';

/** Those that hold, by what they are for. */
export const listStandardRows = query((db) =>
  db
    .select({
      id: replyStandards.id,
      kind: replyStandards.kind,
      audience: replyStandards.audience,
      level: replyStandards.level,
      channel: replyStandards.channel,
      hours: replyStandards.hours,
      at: replyStandards.at,
    })
    .from(replyStandards)
    .where(isNull(replyStandards.endedAt))
    .orderBy(asc(replyStandards.kind), asc(replyStandards.hours), asc(replyStandards.id)),
);
export type StandardRow = Awaited<ReturnType<typeof listStandardRows>>[number];

/** Those that hold. */
export const listProcedureRows = query((db) =>
  db
    .select({
      id: procedures.id,
      kind: procedures.kind,
      channel: procedures.channel,
      name: procedures.name,
      steps: procedures.steps,
      at: procedures.at,
    })
    .from(procedures)
    .where(isNull(procedures.endedAt))
    .orderBy(asc(procedures.kind), asc(procedures.channel), asc(procedures.id)),
);
export type ProcedureRow = Awaited<ReturnType<typeof listProcedureRows>>[number];

/** What was ticked of a case or contact, the oldest first. */
export const listTicks = query((db) =>
  db
    .select({
      stepId: procedureTicks.stepId,
      isDone: procedureTicks.isDone,
      at: procedureTicks.at,
      by: sql<string | null>`(SELECT coalesce(s.name, s.email) FROM staff AS s
        WHERE s.id = substr(${procedureTicks.actor}, 7) AND ${procedureTicks.actor} LIKE 'staff:%')`,
    })
    .from(procedureTicks)
    .where(
      sql`${procedureTicks.aboutId} = ${sql.placeholder('aboutId')} AND ${procedureTicks.about} = ${sql.placeholder('about')}`,
    )
    .orderBy(asc(procedureTicks.id)),
);

/** The levels of some root accounts on a day. `ids` is a JSON array. */
export const listLevelsOf = query((db) =>
  db
    .select({ rootId: sql<string>`l.root_id`, level: sql<RelationshipLevel>`l.level` })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN account_levels AS l ON l.root_id = wanted.value
        AND l.from_day <= ${sql.placeholder('day')} AND (l.until_day IS NULL OR l.until_day > ${sql.placeholder('day')})`,
    )
    .where(sql`l.level IS NOT NULL`),
);

/** Names of who works here. */
export const listColleagues = query((db) =>
  db
    .select({ id: sql<string>`s.id`, name: sql<string>`coalesce(s.name, s.email)` })
    .from(sql`staff AS s`)
    .where(sql`s.disabled_at IS NULL`),
);
