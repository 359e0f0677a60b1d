import { asc, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import { textVersions } from '../../../db/schema/index.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { keptParts, type OwnParts } from '../../money/business/own-texts.ts';
import { type Text, wordsOf } from './text.ts';
import { textsOf } from './texts-of.ts';

/** A version of a text as it was kept; `parts` is empty where all was ours again. */
export interface TextVersion {
  id: number;
  at: number;
  actor: string;
  parts: OwnParts;
}

const filter = z.strictObject({
  language: z.string().max(10).nullable().default(null),
  /** Words that it holds, ours or own; or a part of its key. */
  search: z.string().trim().max(200).nullable().default(null),
  isOwn: z.boolean().default(false),
});

/**
 * What the business may word itself in a language that it offers, its own where none is named. Owners and managers, keys.
 * @throws {AppError} `forbidden`, `scope_missing`, `validation_failed`
 */
export async function listTexts(ctx: Context, typed: z.input<typeof filter> = {}): Promise<Text[]> {
  allow(ctx.actor, 'texts:read');
  const { language, search, isOwn } = parseInput(filter, typed);
  const business = await getBusiness(ctx);
  const { languages } = business.identity;
  const chosen = languages.find((one) => one === language) ?? languages[0];
  const wanted = (search ?? '').toLowerCase();
  return textsOf(ctx.house, chosen, business.texts).filter(
    (text) => (!isOwn || Object.keys(text.own).length > 0) && holds(text, wanted),
  );
}

function holds({ key, parts, own }: Text, wanted: string): boolean {
  if (wanted === '') return true;
  const said = parts.flatMap((part) => [part.ours, wordsOf(part, own)]);
  return [key, ...said].join(' ').toLowerCase().includes(wanted);
}

const which = z.strictObject({ key: z.string().max(100), language: z.string().max(10) });
export type WhichText = z.input<typeof which>;

/** @throws {AppError} `not_found` also in a language that the business does not offer; `forbidden`, `scope_missing` */
export async function getText(ctx: Context, typed: WhichText): Promise<Text> {
  allow(ctx.actor, 'texts:read');
  return findText(ctx, typed);
}

/** The same for who may by another right. @throws {AppError} `not_found` */
export async function findText(ctx: Context, typed: WhichText): Promise<Text> {
  const { key, language } = parseInput(which, typed);
  const { identity, texts } = await getBusiness(ctx);
  const offered: Locale | undefined = identity.languages.find((one) => one === language);
  const found =
    offered === undefined ? undefined : textsOf(ctx.house, offered, texts).find((text) => text.key === key);
  if (found === undefined) throw new AppError('not_found', 'There is no such text.');
  return found;
}

const VERSIONS_MAX = 50;

const listVersions = query((db) =>
  db
    .select({
      id: textVersions.id,
      at: textVersions.at,
      actor: textVersions.actor,
      parts: textVersions.parts,
    })
    .from(textVersions)
    .where(
      sql`${eq(textVersions.key, sql.placeholder('key'))} AND ${eq(textVersions.language, sql.placeholder('language'))}`,
    )
    .orderBy(desc(textVersions.id), asc(textVersions.key))
    .limit(VERSIONS_MAX),
);

/** Its last 50 versions, the newest first. @throws {AppError} `forbidden`, `scope_missing` */
export async function listTextVersions(ctx: Context, typed: WhichText): Promise<TextVersion[]> {
  allow(ctx.actor, 'texts:read');
  const rows = await listVersions(ctx.db, parseInput(which, typed));
  return rows.map((row) => ({ ...row, parts: keptParts.parse(JSON.parse(row.parts ?? '{}')) }));
}
