import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { getText, listTexts } from './get-texts.ts';
import { textAnswer, textExample, textInput, toTextAnswer } from './schema.ts';
import { setText } from './set-text.ts';

const params = z.object({
  language: z
    .string()
    .max(10)
    .meta({ description: 'The code of a language that the business offers.', examples: ['en'] }),
  key: z
    .string()
    .max(100)
    .meta({ description: 'The key of the text.', examples: ['page.home'] }),
});

/** `/texts` of the API: what pages and mail say in the words of the business. */
export const textRoutes = new Hono<ApiEnv>()
  .get(
    '/texts',
    reading({
      tag: 'Texts',
      scope: 'texts:read',
      summary: 'The texts of pages and mail that the business may word itself',
      params: nothing,
      query: z.strictObject({
        language: z
          .string()
          .max(10)
          .optional()
          .meta({ description: 'The code of a language that the business offers.' }),
        search: z.string().max(200).optional().meta({ description: 'Words of the text or of its name.' }),
      }),
      answer: listAnswer(textAnswer),
      success: { 200: 'All of them in one language, the own one of the business where none is named.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => ({
        items: (await listTexts(ctx, query)).map(toTextAnswer),
        nextCursor: null,
      }),
    }),
  )
  .get(
    '/texts/:language/:key',
    reading({
      tag: 'Texts',
      scope: 'texts:read',
      summary: 'One text in one language',
      params,
      query: nothing,
      answer: textAnswer,
      success: { 200: 'What it says, ours and own.' },
      refusals: ['not_found'],
      run: async (ctx, { params: which }) => toTextAnswer(await getText(ctx, which)),
    }),
  )
  .put(
    '/texts/:language/:key',
    writing({
      tag: 'Texts',
      scope: 'texts:write',
      summary: 'Word a text, or give it back to the portal',
      params,
      body: textInput,
      example: textExample,
      answer: textAnswer,
      success: { 200: 'In force from now on. Parts that were left out say what the portal says.' },
      refusals: ['not_found'],
      run: async (ctx, { params: which, body, options }) => {
        const parts = Object.fromEntries(body.parts.map(({ name, text }) => [name, text]));
        const alongside: Parameters<typeof setText>[2] = {
          alongside: (text, status) => options.alongside(toTextAnswer(text), status),
        };
        return { status: 200, answer: toTextAnswer(await setText(ctx, { ...which, parts }, alongside)) };
      },
    }),
  );
