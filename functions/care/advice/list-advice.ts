import type { Context } from '../../ground/platform/context.ts';
import { searchedText } from '../../ground/platform/search-words.ts';
import { type ArticleAudience, folded } from './content/content.ts';
import { listAbout, listPublished } from './queries.ts';
import { isCustomer } from './read-article.ts';

/** An article as lists show it. */
export interface ListedArticle {
  slug: string;
  audience: ArticleAudience;
  /** The language it is listed in: the reader's, else the first by its code. */
  language: string;
  languages: string[];
  title: string;
  summary: string;
  /** The last part of a picture's address. */
  picture: string | null;
  publishedAt: number;
}

type Row = Awaited<ReturnType<typeof listPublished>>[number];

/** A search of more words is one for the first. */
const WORDS_MAX = 10;

/**
 * What is published for who asks, the newest first; in a search, what has all of its words somewhere, in whatever language it was
 * written.
 */
export async function listAdvice(
  ctx: Pick<Context, 'db' | 'actor'>,
  { language, search = null }: { language: string; search?: string | null },
): Promise<ListedArticle[]> {
  const words = folded(searchedText(search ?? ''))
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows = await listPublished(ctx.db, {
    words: JSON.stringify(words.slice(0, WORDS_MAX)),
    isCustomer: isCustomer(ctx.actor) ? 1 : 0,
  });
  return inLanguage(rows, language);
}

/** What an order has, by which an article may be about it. */
export interface OrderedThing {
  sku: string | null;
  product: string | null;
  category: string | null;
}

const SHOWN_MAX = 5;

/** What is published about the products of an order, their names or their categories, the newest first. */
export async function listAdviceAbout(
  ctx: Pick<Context, 'db' | 'actor'>,
  { language, things }: { language: string; things: readonly OrderedThing[] },
): Promise<ListedArticle[]> {
  const names = things.flatMap(({ sku, product, category }) => [sku, product, category]);
  const known = [...new Set(names.flatMap((name) => (name === null ? [] : [folded(name.trim())])))];
  if (known.length === 0) return [];
  const rows = await listAbout(ctx.db, {
    names: JSON.stringify(known),
    isCustomer: isCustomer(ctx.actor) ? 1 : 0,
  });
  return inLanguage(rows, language).slice(0, SHOWN_MAX);
}

/** What everybody may read, with the languages of each: for search engines. */
export async function listPublicArticles(
  ctx: Pick<Context, 'db'>,
): Promise<{ slug: string; languages: string[] }[]> {
  const rows = await listPublished(ctx.db, { words: '[]', isCustomer: 0 });
  return inLanguage(rows, '').map(({ slug, languages }) => ({ slug, languages }));
}

/** One for each article, out of one row for each of its languages. */
function inLanguage(rows: readonly Row[], language: string): ListedArticle[] {
  const bySlug = Map.groupBy(rows, ({ slug }) => slug);
  return [...bySlug.values()].flatMap((versions) => {
    const shown = versions.find((version) => version.language === language) ?? versions[0];
    return shown === undefined ? [] : [{ ...shown, languages: versions.map((version) => version.language) }];
  });
}
