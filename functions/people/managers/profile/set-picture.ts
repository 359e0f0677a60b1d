import { sql } from 'drizzle-orm';
import { queryOne, statement } from '../../../../db/query.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import {
  PORTRAIT_BYTES_MAX,
  PORTRAIT_PIXELS_MAX,
  type PortraitFlaw,
  readPortrait,
} from '../../../ground/pictures/read-portrait.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { getStaffProfile } from './get-profile.ts';

const rules: Record<PortraitFlaw, string> = {
  too_large: `has to be a file of at most ${PORTRAIT_BYTES_MAX / 1024} KiB`,
  unknown_type: 'has to be a JPEG or PNG file',
  broken: 'has to be a whole picture: this one is cut off, or no browser draws it',
  too_many_pixels: `has to be at most ${PORTRAIT_PIXELS_MAX} pixels wide and high`,
};

/**
 * Shows customers this picture of somebody who looks after them, without what its file tells beside it; null for none. The
 * former one is gone.
 * @throws {AppError} `validation_failed` at `picture`, `not_found`, `forbidden`
 */
export async function setStaffPicture(
  ctx: Context,
  { staffId, bytes }: { staffId: string; bytes: Uint8Array | null },
): Promise<void> {
  const { picture } = await getStaffProfile({ ...ctx, db: ctx.db.fresh }, { staffId });
  const read = bytes === null ? null : readPortrait(bytes);
  if (read?.ok === false) throw wrongField('picture', read.flaw, rules[read.flaw]);
  if ((read?.portrait.name ?? null) === picture) return;
  const insert = 'INSERT INTO staff_pictures (staff_id, name, content, at, actor) VALUES (?, ?, ?, ?, ?)';
  await writeDecision(ctx, {
    rows: [
      statement('DELETE FROM staff_pictures WHERE staff_id = ?', staffId),
      ...(read === null
        ? []
        : [
            statement(
              insert,
              ...[staffId, read.portrait.name, read.portrait.content, ctx.now(), actorName(ctx.actor)],
            ),
          ]),
    ],
    audit: { kind: 'staff-profile.picture-set', subjectKind: 'staff', subjectId: staffId },
  });
}

/** The picture of somebody who works here, by the last part of its address. */
export async function findStaffPicture(
  { db }: Pick<Context, 'db'>,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await findContent(db, { name });
  return row === null ? null : Uint8Array.from(Buffer.from(row.content, 'base64'));
}

const findContent = queryOne((db) =>
  db
    .select({ content: sql<string>`f.content` })
    .from(sql`staff_pictures AS f CROSS JOIN staff AS s ON s.id = f.staff_id AND s.disabled_at IS NULL`)
    .where(sql`f.name = ${sql.placeholder('name')}`)
    .limit(1),
);
