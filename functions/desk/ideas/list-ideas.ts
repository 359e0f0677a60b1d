import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listActs } from './queries.ts';
import type { IdeaState } from './schema.ts';

const SHOWN_MAX = 200;

/** An idea of somebody of the team. */
export interface Idea {
  id: string;
  title: string;
  text: string | null;
  state: IdeaState;
  at: number;
  /** Null for who works here no more. */
  by: { id: string; name: string } | null;
  /** How many of who work here are for it. */
  votes: number;
  /** Whether who asks is for it, and whether it is theirs. */
  isVoted: boolean;
  isOwn: boolean;
}

export interface IdeaFile extends Idea {
  acts: Awaited<ReturnType<typeof listActs>>;
}

export const openStates = ['new', 'considered', 'planned'] as const satisfies readonly IdeaState[];

/** Ideas in some states, those with the most votes first; at most 200. @throws {AppError} `forbidden`, `scope_missing` */
export async function listIdeas(
  ctx: Context,
  { states }: { states: readonly IdeaState[] },
): Promise<{ items: Idea[]; isCut: boolean }> {
  allow(ctx.actor, 'feedback:read');
  const rows = await read(ctx, sql`i.state IN (SELECT value FROM json_each(${JSON.stringify(states)}))`);
  return { items: rows.slice(0, SHOWN_MAX), isCut: rows.length > SHOWN_MAX };
}

/** One with what became of it. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getIdea(ctx: Context, { id }: { id: string }): Promise<IdeaFile> {
  allow(ctx.actor, 'feedback:read');
  const [[idea], acts] = await Promise.all([read(ctx, sql`i.id = ${id}`), listActs(ctx.db, { ideaId: id })]);
  if (idea === undefined) throw noIdea();
  return { ...idea, acts };
}

async function read(ctx: Context, where: SQL): Promise<Idea[]> {
  const me = ctx.actor.kind === 'staff' ? ctx.actor.id : '';
  const votes = sql`(SELECT count(*) FROM staff_idea_votes AS v JOIN staff AS w ON w.id = v.staff_id AND w.disabled_at IS NULL
    WHERE v.idea_id = i.id AND v.ended_at IS NULL)`;
  const rows = await ask(ctx.db, (query) =>
    query
      .select({
        id: sql<string>`i.id`,
        title: sql<string>`i.title`,
        text: sql<string | null>`i.text`,
        state: sql<IdeaState>`i.state`,
        at: sql<number>`i.at`.mapWith(Number),
        staffId: sql<string>`i.staff_id`,
        name: sql<string | null>`coalesce(s.name, s.email)`,
        votes: sql<number>`${votes} AS votes`.mapWith(Number),
        isVoted:
          sql<boolean>`EXISTS (SELECT 1 FROM staff_idea_votes AS v WHERE v.idea_id = i.id AND v.staff_id = ${me}
          AND v.ended_at IS NULL)`.mapWith(readFlag),
      })
      .from(sql`staff_ideas AS i LEFT JOIN staff AS s ON s.id = i.staff_id AND s.disabled_at IS NULL`)
      .where(where)
      .orderBy(sql`votes DESC, i.id DESC`)
      .limit(SHOWN_MAX + 1),
  );
  return rows.map(({ staffId, name, ...row }) => ({
    ...row,
    by: name === null ? null : { id: staffId, name },
    isOwn: staffId === me,
  }));
}

export const noIdea = () => new AppError('not_found', 'There is no such idea.');
