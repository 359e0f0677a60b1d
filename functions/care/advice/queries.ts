import { and, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { articleActs, articles, articleTexts } from '../../../db/schema/index.ts';

const columns = {
  id: articles.id,
  slug: articles.slug,
  state: articles.state,
  audience: articles.audience,
  actSeq: articles.actSeq,
  contentSeq: articles.contentSeq,
  publishedSeq: articles.publishedSeq,
  publishedAt: articles.publishedAt,
  at: articles.at,
  actor: articles.actor,
  content: sql<string>`${articleActs.content}`,
};

const ofContent = and(eq(articleActs.articleId, articles.id), eq(articleActs.seq, articles.contentSeq));

/** By id or by the last part of its address. */
export const findRow = queryOne((db) =>
  db
    .select(columns)
    .from(articles)
    .innerJoin(articleActs, ofContent)
    .where(sql`${articles.id} = ${sql.placeholder('id')} OR ${articles.slug} = ${sql.placeholder('id')}`)
    .orderBy(sql`${articles.id} <> ${sql.placeholder('id')}`)
    .limit(1),
);

/** The newest first. */
export const listRows = query((db) =>
  db.select(columns).from(articles).innerJoin(articleActs, ofContent).orderBy(desc(articles.id)).limit(500),
);

/** The addresses that begin as one does, of other articles: itself, and with a number behind it. */
export const listSlugsLike = query((db) =>
  db
    .select({ slug: sql<string>`${articles.slug}` })
    .from(articles)
    .where(
      sql`${articles.slug} >= ${sql.placeholder('slug')} AND ${articles.slug} < ${sql.placeholder('slug')} || '.' AND ${articles.id} <> ${sql.placeholder('id')}`,
    ),
);

/** What readers see of an article. */
export const findPublished = queryOne((db) =>
  db
    .select({
      id: articles.id,
      slug: sql<string>`${articles.slug}`,
      audience: articles.audience,
      publishedAt: sql<number>`${articles.publishedAt}`.mapWith(Number),
      content: sql<string>`${articleActs.content}`,
    })
    .from(articles)
    .innerJoin(
      articleActs,
      sql`${articleActs.articleId} = ${articles.id} AND ${articleActs.seq} = ${articles.publishedSeq}`,
    )
    .where(sql`${articles.slug} = ${sql.placeholder('slug')} AND ${articles.state} = 'published'`),
);

const listed = {
  slug: sql<string>`${articles.slug}`,
  audience: articles.audience,
  publishedAt: sql<number>`${articles.publishedAt}`.mapWith(Number),
  language: articleTexts.language,
  title: articleTexts.title,
  summary: articleTexts.summary,
  picture: articleTexts.picture,
};

/** Readers that have not signed in see what is for everybody. */
const forReader = sql`(${articles.audience} = 'everybody' OR ${sql.placeholder('isCustomer')} = 1)`;

/**
 * What is published, the newest first, one row for each language; with all of the words of a search, a JSON array of them in
 * small letters, in any of its languages.
 */
export const listPublished = query((db) =>
  db
    .select(listed)
    .from(articles)
    .innerJoin(articleTexts, eq(articleTexts.articleId, articles.id))
    .where(
      sql`${articles.state} = 'published' AND ${forReader} AND NOT EXISTS (SELECT 1 FROM json_each(${sql.placeholder('words')}) AS w
        WHERE NOT EXISTS (SELECT 1 FROM article_texts AS s WHERE s.article_id = ${articles.id} AND instr(s.words, w.value) > 0))`,
    )
    .orderBy(desc(articles.publishedAt), desc(articles.id), articleTexts.language)
    .limit(1000),
);

/** What is published about any of some products, a JSON array of numbers, names and categories in small letters. */
export const listAbout = query((db) =>
  db
    .select(listed)
    .from(
      sql`(SELECT DISTINCT p.article_id FROM json_each(${sql.placeholder('names')}) AS j
        CROSS JOIN article_products AS p ON p.name = j.value) AS f`,
    )
    .innerJoin(articles, sql`${articles.id} = f.article_id AND ${articles.state} = 'published'`)
    .innerJoin(articleTexts, eq(articleTexts.articleId, articles.id))
    .where(forReader)
    .orderBy(desc(articles.publishedAt), desc(articles.id), articleTexts.language)
    .limit(60),
);
