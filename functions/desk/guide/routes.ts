import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { roles } from '../../ground/platform/context.ts';
import { chapterNames } from './chapters.ts';
import { getGuide } from './get-guide.ts';
import { listGuideProgress } from './list-progress.ts';
import { setGuideNote, setNoteExample, setNoteInput } from './set-note.ts';

const noteAnswer = z.object({ chapter: z.enum(chapterNames), text: z.string().nullable() });

/** `/guide` of the API. */
export const guideRoutes = new Hono<ApiEnv>()
  .get(
    '/guide',
    reading({
      tag: 'Standards',
      scope: 'feedback:read',
      summary: 'The chapters of the guide for the team, with the notes of the business',
      params: nothing,
      query: z.strictObject({}),
      answer: z.object({
        items: z.array(
          z.object({
            chapter: z.enum(chapterNames),
            path: z.string().meta({ description: 'Where it is tried.' }),
            note: z.string().nullable(),
          }),
        ),
      }),
      success: { 200: 'In their order.' },
      refusals: [],
      run: async (ctx) => ({
        items: (await getGuide(ctx)).map(({ name: chapter, path, note }) => ({ chapter, path, note })),
      }),
    }),
  )
  .post(
    '/guide/notes',
    writing({
      tag: 'Standards',
      scope: 'settings:write',
      summary: 'Say what the team reads beside a chapter of the guide',
      params: nothing,
      body: setNoteInput,
      example: setNoteExample,
      answer: noteAnswer,
      success: { 200: 'It stands there now.' },
      refusals: [],
      run: async (ctx, { body, options }) => ({
        status: 200,
        answer: await setGuideNote(ctx, body, options),
      }),
    }),
  )
  .get(
    '/guide/progress',
    reading({
      tag: 'Standards',
      scope: 'settings:read',
      summary: 'How far each of the team has read the guide',
      params: nothing,
      query: z.strictObject({}),
      answer: z.object({
        items: z.array(
          z.object({
            staffId: z.string(),
            role: z.enum(roles),
            read: z.int(),
            of: z.int().meta({ description: 'Chapters for their role.' }),
            lastAt: z.string().nullable(),
          }),
        ),
      }),
      success: { 200: 'Those who work here.' },
      refusals: [],
      run: async (ctx) => ({
        items: (await listGuideProgress(ctx)).map(({ staff, read, of, lastAt }) => ({
          ...{ staffId: staff.id, role: staff.role, read, of },
          lastAt: lastAt === null ? null : instantText(lastAt),
        })),
      }),
    }),
  );
