import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import { textVersions } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Locale } from '../../ground/identity/languages.ts';

/** The parts of a text that are the business's own, by their names. */
export type OwnParts = Readonly<Record<string, string>>;

/** What the business says in its own words: by language and key, joined by a space. */
export type OwnTexts = ReadonlyMap<string, OwnParts>;

/** Its own words of one text; empty where all of it is ours. */
export function ownPartsOf(texts: OwnTexts, { key, language }: { key: string; language: Locale }): OwnParts {
  return texts.get(`${language} ${key}`) ?? nothing;
}

const nothing: OwnParts = {};

/** The same with one text as it would be, such as for a preview. */
export function withParts(
  texts: OwnTexts,
  { key, language, parts }: { key: string; language: Locale; parts: OwnParts },
): OwnTexts {
  return new Map([...texts, [`${language} ${key}`, parts]]);
}

/** Changes with every change of a text. */
export const textsStamp = sql<string>`(SELECT coalesce(max(id), 0) FROM text_versions)`;

const listNewest = query((db) =>
  db
    .select({ key: textVersions.key, language: textVersions.language, parts: textVersions.parts })
    .from(textVersions)
    .where(
      sql`${textVersions.parts} IS NOT NULL AND ${textVersions.id} = (SELECT max(newer.id) FROM text_versions AS newer
        WHERE newer.key = "text_versions"."key" AND newer.language = "text_versions"."language")`,
    ),
);

/** Parts as a version keeps them. */
export const keptParts = z.record(z.string(), z.string());

export async function loadOwnTexts(db: Store): Promise<OwnTexts> {
  const rows = await listNewest(db);
  return new Map(
    rows.map(({ key, language, parts }) => [
      `${language} ${key}`,
      keptParts.parse(JSON.parse(parts ?? '{}')),
    ]),
  );
}
