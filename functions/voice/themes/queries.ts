import { asc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { praiseThemes, themeMessages, themePhrases } from '../../../db/schema/index.ts';

export const findTheme = queryOne((db) =>
  db
    .select({ id: praiseThemes.id })
    .from(praiseThemes)
    .where(eq(praiseThemes.id, sql.placeholder('id'))),
);

/** Every theme, those that are counted first. */
export const listThemeRows = query((db) =>
  db
    .select({
      id: praiseThemes.id,
      name: praiseThemes.name,
      madeAt: praiseThemes.madeAt,
      endedAt: praiseThemes.endedAt,
      madeBy: sql<
        string | null
      >`(SELECT coalesce(s.name, s.email) FROM staff AS s WHERE 'staff:' || s.id = praise_themes.made_by)`,
    })
    .from(praiseThemes)
    .orderBy(sql`ended_at IS NOT NULL`, asc(praiseThemes.name)),
);

export const listPhraseRows = query((db) =>
  db
    .select({ themeId: themePhrases.themeId, phrase: themePhrases.phrase })
    .from(themePhrases)
    .orderBy(asc(themePhrases.themeId), asc(themePhrases.phrase)),
);

export const listPlacedRows = query((db) =>
  db
    .select({
      themeId: themeMessages.themeId,
      messageId: themeMessages.messageId,
      isIn: themeMessages.isIn,
    })
    .from(themeMessages),
);
