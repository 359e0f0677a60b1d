import { sql } from 'drizzle-orm';
import { queryOne } from '../../../../db/query.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { readTexts } from './schema.ts';

/** What customers are shown of a member of the team, as it was said; null for what was not. */
export interface StaffProfile {
  staffId: string;
  /** As the team calls them; null until somebody says it. */
  teamName: string | null;
  email: string;
  name: string | null;
  phone: string | null;
  mail: string | null;
  /** By language. */
  hours: Record<string, string>;
  words: Record<string, string>;
  /** The last part of its address. */
  picture: string | null;
}

/** For themselves and for owners. @throws {AppError} `not_found`, `forbidden` */
export async function getStaffProfile(
  ctx: Pick<Context, 'db' | 'actor'>,
  { staffId }: { staffId: string },
): Promise<StaffProfile> {
  const { actor } = ctx;
  const isOwn = actor.kind === 'staff' && actor.id === staffId;
  const isOwner = actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'owner');
  if (!isOwn && !isOwner)
    throw new AppError('forbidden', 'Only they themselves and owners say what customers see of somebody.');
  const found = await findProfile(ctx.db, { staffId });
  if (found === null) throw new AppError('not_found', 'Nobody of this id works here.');
  return { ...found, hours: readTexts(found.hours), words: readTexts(found.words) };
}

const findProfile = queryOne((db) =>
  db
    .select({
      staffId: sql<string>`s.id`,
      teamName: sql<string | null>`s.name`,
      email: sql<string>`s.email`,
      name: sql<string | null>`p.name`,
      phone: sql<string | null>`p.phone`,
      mail: sql<string | null>`p.mail`,
      hours: sql<string | null>`p.hours`,
      words: sql<string | null>`p.words`,
      picture: sql<string | null>`f.name`,
    })
    .from(
      sql`staff AS s LEFT JOIN staff_profiles AS p ON p.staff_id = s.id LEFT JOIN staff_pictures AS f ON f.staff_id = s.id`,
    )
    .where(sql`s.id = ${sql.placeholder('staffId')} AND s.disabled_at IS NULL`),
);
