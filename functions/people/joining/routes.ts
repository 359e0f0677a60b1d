import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { instantText, listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { decideRequest } from './decide-request.ts';
import { type Invited, invite } from './invite.ts';
import { listJoining } from './list-joining.ts';
import {
  decidedAnswer,
  decisionExample,
  decisionInput,
  invitedAnswer,
  inviteExample,
  inviteInput,
  requestAnswer,
} from './schema.ts';

/** An invitation as the API answers it; its link is in the mail alone. */
export const toInvitedAnswer = ({ id, expiresAt }: Invited): z.infer<typeof invitedAnswer> => ({
  id,
  expiresAt: instantText(expiresAt),
});

/** `/invitations` and `/join-requests` of the API. */
export const joiningRoutes = new Hono<ApiEnv>()
  .post(
    '/invitations',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Invite somebody to join by mail',
      params: nothing,
      body: inviteInput,
      example: inviteExample,
      answer: invitedAnswer,
      success: {
        201: 'The invitation is on its way. Whether the address is a customer already is not told.',
      },
      refusals: [],
      run: async (ctx, { body, options }) => {
        const invited = await invite(ctx, body, {
          alongside: (sent, status) => options.alongside(toInvitedAnswer(sent), status),
        });
        return { status: 201, answer: toInvitedAnswer(invited) };
      },
    }),
  )
  .get(
    '/join-requests',
    reading({
      tag: 'Customers',
      scope: 'customers:read',
      summary: 'Who asks to be let in, longest first',
      params: nothing,
      query: z.strictObject({}),
      answer: listAnswer(requestAnswer),
      success: { 200: 'Up to a hundred requests that nobody has decided about.' },
      refusals: ['validation_failed'],
      run: async (ctx) => ({
        items: (await listJoining(ctx)).waiting.map(({ id, email, name, askedAt }) => ({
          id,
          email,
          name,
          askedAt: instantText(askedAt),
        })),
        nextCursor: null,
      }),
    }),
  )
  .post(
    '/join-requests/:id/decision',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Let somebody in, or decline with a reason',
      params: z.object({ id: idOf('request') }),
      body: decisionInput,
      example: decisionExample,
      answer: decidedAnswer,
      success: { 201: 'The applicant is told by mail.' },
      refusals: ['not_found', 'already_decided'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await decideRequest(ctx, { requestId: params.id, ...body }, options),
      }),
    }),
  );
