import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../../ground/http/api.ts';
import { nothing, reading, writing } from '../../../ground/http/endpoint.ts';
import { listAnswer } from '../../../ground/platform/answer.ts';
import { idOf } from '../../../ground/platform/input.ts';
import {
  causeAnswer,
  causeFileAnswer,
  causeSetAnswer,
  closingExample,
  closingInput,
  idAnswer,
  openExample,
  openInput,
  planExample,
  setCauseExample,
  setCauseInput,
  stepExample,
  stepStateExample,
  stepStateInput,
  toCauseAnswer,
  toCauseFileAnswer,
} from './api-schema.ts';
import { addStep, moveStep, stepInput } from './cause-steps.ts';
import { closeCause, reopenCause } from './close-cause.ts';
import { getCause } from './get-cause.ts';
import { listCauses } from './list-causes.ts';
import { openCause } from './open-cause.ts';
import { planCause, planInput } from './plan-cause.ts';
import { setCause } from './set-cause.ts';

const one = z.object({ id: idOf('cause') });
const oneStep = z.object({ id: idOf('cause'), step: idOf('step') });
const reads = { tag: 'Feedback', scope: 'feedback:read', query: nothing } as const;
const writes = { tag: 'Feedback', scope: 'feedback:write' } as const;

const readingRoutes = new Hono<ApiEnv>()
  .get(
    '/causes',
    reading({
      ...reads,
      summary: 'What feedback comes from, with who sees to it and by when',
      params: nothing,
      answer: listAnswer(causeAnswer),
      success: { 200: 'All of them, the open ones first; there is no second page.' },
      refusals: [],
      run: async (ctx) => ({ items: (await listCauses(ctx)).map(toCauseAnswer), nextCursor: null }),
    }),
  )
  .get(
    '/causes/:id',
    reading({
      ...reads,
      summary: 'A cause with its steps and all that happened with it',
      params: one,
      answer: causeFileAnswer,
      success: { 200: 'The cause.' },
      refusals: ['not_found'],
      run: async (ctx, { params }) => toCauseFileAnswer(await getCause(ctx, params)),
    }),
  );

const handlingRoutes = new Hono<ApiEnv>()
  .post(
    '/causes',
    writing({
      ...writes,
      summary: 'Name a cause; one that has the name already is the same',
      params: nothing,
      body: openInput,
      example: openExample,
      answer: idAnswer,
      success: { 201: 'It is open.', 200: 'There is one of this name.' },
      refusals: [],
      run: async (ctx, { body, options }) => {
        let status: 200 | 201 = 200;
        const id = await openCause(ctx, body, {
          alongside: (answer, told) => {
            status = told === 201 ? 201 : 200;
            return options.alongside(answer, told);
          },
        });
        return { status, answer: { id } };
      },
    }),
  )
  .post(
    '/causes/:id/plan',
    writing({
      ...writes,
      summary: 'Say what a cause lies in, who sees to it and by when',
      params: one,
      body: planInput,
      example: planExample,
      answer: idAnswer,
      success: { 200: 'What was left out is nobody and nothing.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => {
        await planCause(ctx, { ...params, ...body }, options);
        return { status: 200, answer: params };
      },
    }),
  )
  .post(
    '/causes/:id/steps',
    writing({
      ...writes,
      summary: 'Write down one more thing to do about a cause',
      params: one,
      body: stepInput,
      example: stepExample,
      answer: idAnswer,
      success: { 201: 'The id of the step.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await addStep(ctx, { causeId: params.id, ...body }, options),
      }),
    }),
  )
  .post(
    '/causes/:id/steps/:step/state',
    writing({
      ...writes,
      summary: 'Say that a step is done, given up, or to do again',
      params: oneStep,
      body: stepStateInput,
      example: stepStateExample,
      answer: idAnswer,
      success: { 200: 'The id of the step.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => {
        await moveStep(ctx, { causeId: params.id, step: params.step, ...body }, options);
        return { status: 200, answer: { id: params.step } };
      },
    }),
  );

const endingRoutes = new Hono<ApiEnv>()
  .post(
    '/causes/:id/closing',
    writing({
      ...writes,
      summary: 'Close a cause with a change or a stated no; everybody who said it is told',
      params: one,
      body: closingInput,
      example: closingExample,
      answer: idAnswer,
      success: { 200: 'Who said it is told by the next run of the job.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => {
        await closeCause(ctx, { ...params, ...body }, options);
        return { status: 200, answer: params };
      },
    }),
  )
  .post(
    '/causes/:id/reopening',
    writing({
      ...writes,
      summary: 'Open a cause again that has come back',
      params: one,
      body: nothing,
      example: {},
      answer: idAnswer,
      success: { 200: 'What was shown in public of it is shown no longer.' },
      refusals: ['not_found'],
      run: async (ctx, { params, options }) => {
        await reopenCause(ctx, params, options);
        return { status: 200, answer: params };
      },
    }),
  )
  .post(
    '/feedback/:id/cause',
    writing({
      ...writes,
      summary: 'Say what feedback comes from; what was said after its cause was mended opens that again',
      params: z.object({ id: idOf('feedback') }),
      body: setCauseInput,
      example: setCauseExample,
      answer: causeSetAnswer,
      success: { 200: 'The cause it has now.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body: { cause }, options }) => ({
        status: 200,
        answer: await setCause(ctx, { feedbackId: params.id, choice: cause }, options),
      }),
    }),
  );

/** `/causes` of the API, and `/feedback/{id}/cause`. */
export const causeRoutes = new Hono<ApiEnv>()
  .route('/', readingRoutes)
  .route('/', handlingRoutes)
  .route('/', endingRoutes);
