import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { invitationAnswer, resultsAnswer, surveysAnswer } from './answer.ts';
import { getResults } from './get-results.ts';
import { inviteCustomer } from './invite-customer.ts';
import { listSurveys } from './list-surveys.ts';
import { inviteExample, inviteInput, resultsQuery } from './schema.ts';

const survey = z.object({ id: idOf('survey') });

/** `/surveys` of the API. */
export const surveyRoutes = new Hono<ApiEnv>()
  .get(
    '/surveys',
    reading({
      tag: 'Feedback',
      scope: 'feedback:read',
      summary: 'The surveys, newest first',
      params: nothing,
      query: nothing,
      answer: surveysAnswer,
      success: { 200: 'All surveys; there is no second page.' },
      refusals: [],
      run: (ctx) => listSurveys(ctx),
    }),
  )
  .get(
    '/surveys/:id/results',
    reading({
      tag: 'Feedback',
      scope: 'feedback:read',
      summary: 'What a survey came to, with intervals',
      params: survey,
      query: resultsQuery,
      answer: resultsAnswer,
      success: { 200: 'The figures; of fewer than five answers nothing but their number.' },
      refusals: ['not_found'],
      run: (ctx, { params, query }) => getResults(ctx, { ...params, ...query }),
    }),
  )
  .post(
    '/surveys/:id/invitations',
    writing({
      tag: 'Feedback',
      scope: 'feedback:write',
      summary: 'Invite a customer to a survey',
      params: survey,
      body: inviteInput,
      example: inviteExample,
      answer: invitationAnswer,
      success: { 201: 'The customer is invited, by mail and in their account.' },
      refusals: ['not_found', 'survey_not_open', 'survey_resting'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await inviteCustomer(ctx, { surveyId: params.id, ...body }, options),
      }),
    }),
  );
