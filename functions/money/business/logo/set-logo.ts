import { eq, sql } from 'drizzle-orm';
import { queryOne, statement } from '../../../../db/query.ts';
import { settings } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowRole } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { getBusiness } from '../business.ts';
import { keepSetting } from '../keep-setting.ts';
import { type KeptLogo, LOGO_BYTES_MAX, type LogoFlaw, readLogo } from './read-logo.ts';

const rules: Record<LogoFlaw, string> = {
  too_large: `has to be a file of at most ${LOGO_BYTES_MAX / 1024} KiB`,
  unknown_type: 'has to be an SVG or PNG file',
  broken: 'has to be a whole file: this one is cut off, or something follows its end',
  too_many_pixels: 'has to be at most 2048 pixels wide and high',
  not_well_formed: 'has to be one well-formed svg element with its namespace',
  declaration: 'may hold no DOCTYPE, CDATA or processing instruction',
  element: 'may be drawn with shapes, text and gradients alone: no scripts, links, pictures or animations',
  event_handler: 'may hold no event handlers such as onload',
  foreign_reference: 'may refer to nothing outside of itself: no href, no url() but of its own parts',
  character_reference: 'may hold no character references or backslashes in attributes and styles',
};

/**
 * Shows the picture of a file on pages and in mail from the next request on; null: the drawing that the deployment starts
 * with. Earlier pictures stay at their addresses, for mail that was sent.
 * @throws {AppError} `forbidden`, `validation_failed` with the rule that the file breaks
 */
export async function setLogo(ctx: Context, bytes: Uint8Array | null): Promise<string> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const read = bytes === null ? null : readLogo(bytes);
  if (read?.ok === false) refuse(read.flaw);
  const { identity } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const value = read === null ? '' : read.logo.name;
  const before = identity.logoFile ?? '';
  await writeDecision(ctx, {
    rows: read === null ? [] : [keepPicture(ctx, read.logo)],
    also: [keepSetting(ctx, { key: 'logo', value, before })],
  });
  return value;
}

function keepPicture(ctx: Context, { name, content }: KeptLogo): Statement {
  const sql = 'INSERT INTO settings (key, value, set_at, set_by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
  return statement(sql, pictureKey(name), content, ctx.now(), actorName(ctx.actor));
}

/** A picture that is or was the logo, by its name; null when none ever was called so. */
export async function findLogo(
  { db }: Pick<Context, 'db'>,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await findContent(db, { key: pictureKey(name) });
  if (row === null) return null;
  return name.endsWith('.png')
    ? Uint8Array.from(Buffer.from(row.value, 'base64'))
    : new TextEncoder().encode(row.value);
}

const findContent = queryOne((db) =>
  db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key'))),
);

const pictureKey = (name: string) => `logo/${name}`;

function refuse(flaw: LogoFlaw): never {
  const message = rules[flaw];
  throw new AppError('validation_failed', `logo ${message}.`, {
    errors: [{ path: 'logo', code: flaw, message }],
  });
}
