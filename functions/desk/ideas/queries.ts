import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { staffIdeaActs, staffIdeas } from '../../../db/schema/index.ts';

export const findIdeaRow = queryOne((db) =>
  db
    .select()
    .from(staffIdeas)
    .where(eq(staffIdeas.id, sql.placeholder('id'))),
);
export type IdeaRow = NonNullable<Awaited<ReturnType<typeof findIdeaRow>>>;

export const findIdeaByKey = queryOne((db) =>
  db
    .select({ id: staffIdeas.id })
    .from(staffIdeas)
    .where(eq(staffIdeas.key, sql.placeholder('key'))),
);

/** The oldest first, with who did it: the name of who works here, null for who left or a program. */
export const listActs = query((db) =>
  db
    .select({
      seq: staffIdeaActs.seq,
      kind: staffIdeaActs.kind,
      words: staffIdeaActs.words,
      at: staffIdeaActs.at,
      by: sql<string | null>`(SELECT coalesce(s.name, s.email) FROM staff AS s WHERE s.disabled_at IS NULL
        AND s.id = substr(${staffIdeaActs.actor}, 7) AND ${staffIdeaActs.actor} LIKE 'staff:%')`,
    })
    .from(staffIdeaActs)
    .where(eq(staffIdeaActs.ideaId, sql.placeholder('ideaId')))
    .orderBy(asc(staffIdeaActs.seq)),
);

/** What was last said of an idea, words of thanks aside. */
export const findLastAnswer = queryOne((db) =>
  db
    .select({ kind: staffIdeaActs.kind, words: staffIdeaActs.words })
    .from(staffIdeaActs)
    .where(and(eq(staffIdeaActs.ideaId, sql.placeholder('ideaId')), ne(staffIdeaActs.kind, 'thanked')))
    .orderBy(desc(staffIdeaActs.seq))
    .limit(1),
);

/** The address of who works here. */
export const findAddress = queryOne((db) =>
  db
    .select({ email: sql<string>`s.email` })
    .from(sql`staff AS s`)
    .where(sql`s.id = ${sql.placeholder('id')} AND s.disabled_at IS NULL`),
);
