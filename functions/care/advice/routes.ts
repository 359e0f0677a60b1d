import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { addArticlePicture } from './add-picture.ts';
import { createArticle, saveArticle } from './edit-article.ts';
import { getArticle, listArticles } from './get-article.ts';
import { publishArticle, withdrawArticle } from './publish-article.ts';
import {
  articleAnswer,
  articlesAnswer,
  createArticleExample,
  createArticleInput,
  pictureAnswer,
  pictureExample,
  pictureInput,
  publishExample,
  publishInput,
  saveArticleExample,
  saveArticleInput,
  toArticleAnswer,
  toArticleInput,
} from './schema.ts';

const params = z.object({
  id: z
    .string()
    .max(100)
    .meta({
      description: 'The id of the article, or the last part of its address.',
      examples: ['how-to-brew-sencha'],
    }),
});
const read = { tag: 'Advice', scope: 'advice:read' } as const;
const write = { tag: 'Advice', scope: 'advice:write' } as const;

/** `/articles` of the API. */
export const adviceRoutes = new Hono<ApiEnv>()
  .get(
    '/articles',
    reading({
      ...read,
      summary: 'All articles of advice, the newest first',
      params: nothing,
      query: nothing,
      answer: articlesAnswer,
      success: { 200: 'The newest 500, drafts and withdrawn ones with them.' },
      refusals: [],
      run: async (ctx) => ({ items: (await listArticles(ctx)).map(toArticleAnswer), nextCursor: null }),
    }),
  )
  .post(
    '/articles',
    writing({
      ...write,
      summary: 'Begin an article, as a draft',
      params: nothing,
      body: createArticleInput,
      example: createArticleExample,
      answer: articleAnswer,
      success: { 201: 'There is a draft. Readers see nothing of it.' },
      refusals: [],
      run: async (ctx, { body, options }) => {
        const told = { ...options, answerOf: toArticleAnswer };
        return { status: 201, answer: toArticleAnswer(await createArticle(ctx, toArticleInput(body), told)) };
      },
    }),
  )
  .post(
    '/articles/pictures',
    writing({
      ...write,
      summary: 'Add a picture for articles',
      params: nothing,
      body: pictureInput,
      example: pictureExample,
      answer: pictureAnswer,
      success: { 201: 'It is kept, without what its file tells beside it.' },
      refusals: [],
      run: async (ctx, { body, options }) => {
        const bytes = Uint8Array.from(Buffer.from(body.content, 'base64'));
        return { status: 201, answer: await addArticlePicture(ctx, { bytes }, options) };
      },
    }),
  )
  .get(
    '/articles/:id',
    reading({
      ...read,
      summary: 'One article, as it was written last',
      params,
      query: nothing,
      answer: articleAnswer,
      success: { 200: 'All that it says, in each language.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) => toArticleAnswer(await getArticle(ctx, { id })),
    }),
  )
  .post(
    '/articles/:id/versions',
    writing({
      ...write,
      summary: 'Say anew what an article says',
      params,
      body: saveArticleInput,
      example: saveArticleExample,
      answer: articleAnswer,
      success: { 200: 'It is kept; readers see it once it is published.' },
      refusals: ['not_found', 'article_moved'],
      run: async (ctx, { params: { id }, body, options }) => {
        const told = { ...options, answerOf: toArticleAnswer };
        const saved = await saveArticle(ctx, { id, ...toArticleInput(body) }, told);
        return { status: 200, answer: toArticleAnswer(saved) };
      },
    }),
  )
  .post(
    '/articles/:id/publication',
    writing({
      ...write,
      summary: 'Show readers what an article says now',
      params,
      body: publishInput,
      example: publishExample,
      answer: articleAnswer,
      success: { 200: 'Readers see it, where the setting `advice` is on.' },
      refusals: ['not_found', 'article_moved'],
      run: async (ctx, { params: { id }, body: { seq }, options }) => {
        const told = { ...options, answerOf: toArticleAnswer };
        return { status: 200, answer: toArticleAnswer(await publishArticle(ctx, { id, seq }, told)) };
      },
    }),
  )
  .post(
    '/articles/:id/withdrawal',
    writing({
      ...write,
      summary: 'Take an article from its readers',
      params,
      body: nothing,
      example: {},
      answer: articleAnswer,
      success: { 200: 'Nobody but the team sees it.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id }, options }) => {
        const told = { ...options, answerOf: toArticleAnswer };
        return { status: 200, answer: toArticleAnswer(await withdrawArticle(ctx, { id }, told)) };
      },
    }),
  );
