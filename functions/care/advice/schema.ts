import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { instantAnswer, instantText, listAnswer } from '../../ground/platform/answer.ts';
import {
  type ArticleInput,
  articleAudiences,
  BODY_LENGTH_MAX,
  PRODUCTS_MAX,
  SUMMARY_LENGTH_MAX,
  TITLE_LENGTH_MAX,
} from './content/content.ts';
import { type Article, isAhead } from './get-article.ts';

const text = z.strictObject({
  title: z.string().max(TITLE_LENGTH_MAX).default(''),
  summary: z
    .string()
    .max(SUMMARY_LENGTH_MAX)
    .default('')
    .meta({ description: 'What lists and search engines say of it.' }),
  body: z.string().max(BODY_LENGTH_MAX).default('').meta({
    description:
      'In Markdown; HTML in it is shown as text. `![what is on it](name)` shows a picture that was added.',
  }),
});

/** By language; another key is refused. */
const texts = z
  .strictObject(Object.fromEntries(locales.map((language) => [language, text.optional()])))
  .meta({
    examples: [{ en: { title: 'How to brew sencha', summary: '', body: 'With water of **70 °C**.' } }],
  });

/** `POST /articles` */
export const createArticleInput = z.strictObject({
  audience: z
    .enum(articleAudiences)
    .default('everybody')
    .meta({ description: '`customers`: for those who are signed in.' }),
  slug: z
    .string()
    .max(80)
    .default('')
    .meta({
      description:
        'The last part of its address, such as `how-to-brew-sencha`; made of the title where it is empty.',
      examples: ['how-to-brew-sencha'],
    }),
  texts,
  products: z
    .array(z.string().max(200))
    .max(PRODUCTS_MAX)
    .default([])
    .meta({ description: 'Numbers, names or categories of products: it is shown on orders that have one.' }),
});

const seq = z.int().meta({ description: 'As read: another one means that it was changed since.' });

/** `POST /articles/{id}/versions` */
export const saveArticleInput = z.strictObject({ ...createArticleInput.shape, seq });

/** `POST /articles/{id}/publication` */
export const publishInput = z.strictObject({ seq });

/** `POST /articles/pictures` */
export const pictureInput = z.strictObject({
  content: z
    .string()
    .max(800_000)
    .meta({ description: 'A JPEG or PNG of at most 512 KiB, in Base64.', examples: ['iVBORw0KGgo='] }),
});

export const createArticleExample = {
  audience: 'everybody',
  texts: {
    en: { title: 'How to brew sencha', summary: 'Cooler and shorter.', body: 'With water of **70 °C**.' },
  },
  products: ['TE-215'],
};
export const saveArticleExample = { ...createArticleExample, seq: 1 };
export const publishExample = { seq: 1 };
/** One grey pixel. */
export const pictureExample = {
  content: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
};

export const articleAnswer = z
  .object({
    id: z.string(),
    slug: z.string().nullable(),
    state: z.enum(['draft', 'published', 'withdrawn']),
    isAhead: z
      .boolean()
      .meta({ description: 'Whether it says something that readers do not see until it is published.' }),
    seq: z.int(),
    audience: z.enum(articleAudiences),
    texts: z.record(z.string(), z.object({ title: z.string(), summary: z.string(), body: z.string() })),
    products: z.array(z.string()),
    publishedAt: instantAnswer.nullable(),
    createdAt: instantAnswer,
  })
  .meta({ id: 'Article' });
export type ArticleAnswer = z.output<typeof articleAnswer>;
export const articlesAnswer = listAnswer(articleAnswer);
export const pictureAnswer = z.object({ name: z.string() }).meta({ id: 'ArticlePicture' });

/** What a program sends, as the operations take it. */
export function toArticleInput<Sent extends z.output<typeof createArticleInput>>({
  texts: sent,
  ...rest
}: Sent): Omit<Sent, 'texts'> & Pick<ArticleInput, 'texts'> {
  const said = Object.entries(sent).flatMap(([language, one]) =>
    one === undefined ? [] : [[language, one] as const],
  );
  return { ...rest, texts: Object.fromEntries(said) };
}

export function toArticleAnswer(article: Article): ArticleAnswer {
  const { id, slug, state, actSeq, content, publishedAt, at } = article;
  return {
    ...{ id, slug, state, seq: actSeq, isAhead: isAhead(article) },
    ...{ audience: content.audience, texts: content.texts, products: [...content.products] },
    publishedAt: publishedAt === null ? null : instantText(publishedAt),
    createdAt: instantText(at),
  };
}
