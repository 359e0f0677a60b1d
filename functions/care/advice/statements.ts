import { insertInto, statement } from '../../../db/query.ts';
import { articleProducts, articleTexts } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { type ArticleContent, folded } from './content/content.ts';
import { isPictureName, picturesIn, readMarkdown, wordsOf } from './content/markdown.ts';

const insertText = insertInto(articleTexts);
const insertProduct = insertInto(articleProducts);

/** Rows by which lists, searches and orders find an article, as it is published. */
export function showToReaders(articleId: string, { texts, products }: ArticleContent): Statement[] {
  return [
    ...Object.entries(texts).map(([language, { title, summary, body }]) =>
      insertText({
        ...{ articleId, language, title, summary },
        picture: picturesIn(body).find(({ href }) => isPictureName(href))?.href ?? null,
        words: folded([title, summary, wordsOf(readMarkdown(body)), ...products].join('\n')),
      }),
    ),
    ...products.map((name) => insertProduct({ articleId, name: folded(name) })),
  ];
}

export function hideFromReaders(articleId: string): Statement[] {
  return [
    statement('DELETE FROM article_texts WHERE article_id = ?', articleId),
    statement('DELETE FROM article_products WHERE article_id = ?', articleId),
  ];
}
