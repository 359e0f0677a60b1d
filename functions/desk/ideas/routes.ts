import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { answerIdea } from './answer-idea.ts';
import { listIdeas } from './list-ideas.ts';
import { answerIdeaExample, answerIdeaInput, ideaStates } from './schema.ts';

const ideasAnswer = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        title: z.string(),
        text: z.string().nullable(),
        state: z.enum(ideaStates),
        at: z.string(),
        staffId: z.string().nullable().meta({ description: 'Null for who works here no more.' }),
        votes: z.int().meta({ description: 'How many of who work here are for it.' }),
      })
      .meta({ id: 'Idea' }),
  ),
});

/** `/ideas` of the API. */
export const ideaRoutes = new Hono<ApiEnv>()
  .get(
    '/ideas',
    reading({
      tag: 'Standards',
      scope: 'feedback:read',
      summary: 'What the team would do better, by votes',
      params: nothing,
      query: z.strictObject({
        state: z.enum(ideaStates).optional().meta({ description: 'Only in this state.' }),
      }),
      answer: ideasAnswer,
      success: { 200: 'At most 200.' },
      refusals: [],
      run: async (ctx, { query: { state } }) => {
        const { items } = await listIdeas(ctx, { states: state === undefined ? ideaStates : [state] });
        return {
          items: items.map(({ by, at, isVoted: _voted, isOwn: _own, ...idea }) => ({
            ...idea,
            at: instantText(at),
            staffId: by?.id ?? null,
          })),
        };
      },
    }),
  )
  .post(
    '/ideas/:id/answers',
    writing({
      tag: 'Standards',
      scope: 'settings:write',
      summary: 'Say what becomes of an idea of the team',
      params: z.object({ id: idOf('idea') }),
      body: answerIdeaInput,
      example: answerIdeaExample,
      answer: z.object({ id: z.string(), state: z.enum(ideaStates) }),
      success: { 201: 'Its author is told.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await answerIdea(ctx, { ...params, ...body }, options),
      }),
    }),
  );
