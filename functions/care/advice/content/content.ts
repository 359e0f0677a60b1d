import { z } from 'zod';
import { isStorable, lineOfText } from '../../../ground/platform/input.ts';
import { type Excess, lexWithinBounds } from './bounded-lexer.ts';

/** Who may read an article. */
export const articleAudiences = ['everybody', 'customers'] as const;
export type ArticleAudience = (typeof articleAudiences)[number];

export const TITLE_LENGTH_MAX = 120;
export const SUMMARY_LENGTH_MAX = 300;
export const BODY_LENGTH_MAX = 20_000;
export const PRODUCTS_MAX = 50;
const PRODUCT_LENGTH_MAX = 200;

/** In Markdown. */
const body = z
  .string()
  .max(BODY_LENGTH_MAX)
  .refine(isStorable, { params: { code: 'invalid_text' }, message: 'has characters that no text may have' })
  .transform((text) => text.replaceAll(/\r\n?/g, '\n').trim());

const articleText = z.strictObject({
  title: lineOfText(TITLE_LENGTH_MAX).default(''),
  /** What lists and search engines say of it. */
  summary: lineOfText(SUMMARY_LENGTH_MAX).default(''),
  body: body.default(''),
});
export type ArticleText = z.output<typeof articleText>;

/** What an article says. A draft may leave much of it empty; `publishArticle` says what is missing. */
export const articleContent = z.strictObject({
  audience: z.enum(articleAudiences),
  /** By language; what says nothing is left out. */
  texts: z
    .record(z.string().max(10), articleText)
    .transform((all) => Object.fromEntries(Object.entries(all).filter(([, text]) => !isEmpty(text)))),
  /** Numbers, names or categories of products that it is about. */
  products: z
    .array(lineOfText(PRODUCT_LENGTH_MAX))
    .max(PRODUCTS_MAX)
    .transform((all) => [
      ...new Map(all.filter((name) => name !== '').map((name) => [folded(name), name])).values(),
    ]),
});
export type ArticleContent = z.output<typeof articleContent>;

const excessSaid: Readonly<Record<Excess, string>> = {
  too_deep: 'has too many quotes, lists or other signs one in the other',
  table_too_large: 'has a table of more than 2000 cells',
};

/** As it comes in: `slug` is the last part of its address, made of the title where it is left empty. */
export const articleInput = z.strictObject({
  ...articleContent.shape,
  texts: articleContent.shape.texts.superRefine((texts, refinement) => {
    for (const [language, { body: text }] of Object.entries(texts)) {
      const { excess } = lexWithinBounds(text);
      if (excess === null) continue;
      const [path, params] = [[language, 'body'], { code: excess }];
      refinement.addIssue({ code: 'custom', path, params, message: excessSaid[excess] });
    }
  }),
  slug: z
    .string()
    .trim()
    .max(80)
    .regex(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/),
});
export type ArticleInput = z.input<typeof articleInput>;

/** As names and words are compared: small letters, each written in one way. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

const isEmpty = ({ title, summary, body: text }: ArticleText) =>
  title === '' && summary === '' && text === '';
