import { sql } from 'drizzle-orm';
import { insertInto, query, queryOne } from '../../../db/query.ts';
import { campaignPictures } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { PORTRAIT_PIXELS_MAX, type PortraitFlaw, readPortrait } from '../../ground/pictures/read-portrait.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';

const PICTURE_BYTES_MAX = 512 * 1024;

const insertPicture = insertInto(campaignPictures, 'ON CONFLICT (name) DO NOTHING');

const rules: Record<PortraitFlaw, string> = {
  too_large: `has to be a file of at most ${PICTURE_BYTES_MAX / 1024} KiB`,
  unknown_type: 'has to be a JPEG or PNG file',
  broken: 'has to be a whole picture: this one is cut off, or no browser draws it',
  too_many_pixels: `has to be at most ${PORTRAIT_PIXELS_MAX} pixels wide and high`,
};

/**
 * Keeps a picture for campaigns, without what its file tells beside it, and answers its name. The same picture is kept once.
 * @throws {AppError} `validation_failed` at `picture`, `forbidden`
 */
export async function addPicture(ctx: Context, { bytes }: { bytes: Uint8Array }): Promise<{ name: string }> {
  allow(ctx.actor, 'campaigns:write');
  return keepPicture(ctx, { bytes });
}

/** As {@link addPicture}, for who has asked already whether it may be done. @throws {AppError} `validation_failed` at `picture` */
export async function keepPicture(
  ctx: Context,
  { bytes, beside }: { bytes: Uint8Array; beside?: (name: string) => readonly Statement[] },
): Promise<{ name: string }> {
  const read = readPortrait(bytes, { bytesMax: PICTURE_BYTES_MAX });
  if (!read.ok) throw wrongField('picture', read.flaw, rules[read.flaw]);
  const { name, content } = read.portrait;
  await writeDecision(ctx, {
    rows: [insertPicture({ name, content, at: ctx.now(), actor: actorName(ctx.actor) })],
    beside: beside?.(name) ?? [],
  });
  return { name };
}

/** A picture by the last part of its address; null for none. */
export async function findPicture(
  { db }: Pick<Context, 'db'>,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await findContent(db, { name });
  return row === null ? null : Uint8Array.from(Buffer.from(row.content, 'base64'));
}

/** Those of some names that no picture has. */
export async function listMissingPictures(
  { db }: Pick<Context, 'db'>,
  names: readonly string[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const missing = await listUnknown(db, { names: JSON.stringify(names) });
  return new Set(missing.map(({ name }) => name));
}

const listUnknown = query((db) =>
  db
    .select({ name: sql<string>`j.value` })
    .from(sql`json_each(${sql.placeholder('names')}) AS j`)
    .where(sql`NOT EXISTS (SELECT 1 FROM campaign_pictures AS p WHERE p.name = j.value)`),
);

const findContent = queryOne((db) =>
  db
    .select({ content: campaignPictures.content })
    .from(campaignPictures)
    .where(sql`${campaignPictures.name} = ${sql.placeholder('name')}`),
);
