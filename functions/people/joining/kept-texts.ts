import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { consentTexts } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { locales } from '../../../languages/built.ts';
import type { ConsentText } from './consent-texts.ts';

const listTexts = query((db) =>
  db
    .select({
      version: consentTexts.version,
      kind: consentTexts.kind,
      language: consentTexts.language,
      text: consentTexts.text,
    })
    .from(consentTexts)
    .where(sql`${consentTexts.version} IN (SELECT value FROM json_each(${sql.placeholder('versions')}))`),
);

/** Wordings as they were shown and kept. */
export async function keptTexts(db: Store, versions: readonly (string | null)[]): Promise<ConsentText[]> {
  const named = versions.filter((version) => version !== null);
  const rows = await listTexts(db, { versions: JSON.stringify(named) });
  return rows.map((row) => ({
    ...row,
    language: locales.find((locale) => locale === row.language) ?? locales[0],
  }));
}
