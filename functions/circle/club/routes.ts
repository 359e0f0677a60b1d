import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { addMember } from './add-member.ts';
import { listedMember, memberAnswer, memberStanding } from './answer.ts';
import { claimAnswer, dropAnswer, keptClaim, toClaimAnswer } from './drops/answer.ts';
import { claimDrop } from './drops/claim-drop.ts';
import { listDrops } from './drops/list-drops.ts';
import { endMembership } from './end-membership.ts';
import { getMember } from './get-member.ts';
import { listMembers } from './list-members.ts';
import { promisesAnswer, toPromisesAnswer } from './promises/answer.ts';
import { listPromises } from './promises/list-promises.ts';
import { listTold } from './promises/list-told.ts';
import { takeBack } from './promises/take-back.ts';
import { promiseAnswer, tellPromise, tellPromiseExample, tellPromiseInput } from './promises/tell-promise.ts';
import {
  takeBackExample,
  takeBackInput,
  takenBackAnswer,
  toldAnswer,
  toldQuery,
  toToldAnswer,
} from './promises/told.ts';
import {
  addMemberExample,
  addMemberInput,
  claimExample,
  claimInput,
  endMemberExample,
  endMemberInput,
  membersQuery,
} from './schema.ts';

/** `/club` and `/drops` of the API. */
export const clubRoutes = new Hono<ApiEnv>()
  .get(
    '/club/members',
    reading({
      tag: 'Club',
      scope: 'customers:read',
      summary: 'Who is in the club',
      params: nothing,
      query: membersQuery,
      answer: listAnswer(listedMember),
      success: { 200: 'A page of members, in the order in which they came in.' },
      refusals: ['validation_failed'],
      run: (ctx, { query }) => listMembers(ctx, { cursor: query.cursor ?? null }),
    }),
  )
  .post(
    '/club/members',
    writing({
      tag: 'Club',
      scope: 'customers:write',
      summary: 'Let a customer into the club',
      params: nothing,
      body: addMemberInput,
      example: addMemberExample,
      answer: memberAnswer,
      success: { 201: 'The account is in the club.' },
      refusals: ['not_found', 'account_required', 'club_member_already', 'validation_failed'],
      run: async (ctx, { body, options }) => {
        const { email, account, since } = body;
        return { status: 201, answer: await addMember(ctx, { email, accountId: account, since }, options) };
      },
    }),
  )
  .get(
    '/club/members/:accountId',
    reading({
      tag: 'Club',
      scope: 'customers:read',
      summary: 'One member, with what keeps their level',
      params: z.object({ accountId: idOf('account') }),
      query: nothing,
      answer: memberStanding,
      success: { 200: 'The membership and its level.' },
      refusals: ['not_found'],
      run: (ctx, { params }) => getMember(ctx, params),
    }),
  )
  .get(
    '/club/promises',
    reading({
      tag: 'Club',
      scope: 'customers:read',
      summary: 'How often promises were kept',
      params: nothing,
      query: nothing,
      answer: promisesAnswer,
      success: { 200: 'The promised days of orders, then each benefit.' },
      refusals: [],
      run: async (ctx) => toPromisesAnswer(await listPromises(ctx)),
    }),
  )
  .post(
    '/club/benefits/:id/promises',
    writing({
      tag: 'Club',
      scope: 'customers:write',
      summary: 'Tell whether a benefit was kept for a member',
      params: z.object({ id: idOf('benefit') }),
      body: tellPromiseInput,
      example: tellPromiseExample,
      answer: promiseAnswer,
      success: { 201: 'It counts; a broken one is made good where the business says so.' },
      refusals: ['not_found', 'club_not_a_member', 'benefit_withdrawn_already', 'validation_failed'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await tellPromise(ctx, { benefitId: params.id, ...body }, options),
      }),
    }),
  )
  .get(
    '/club/told-promises',
    reading({
      tag: 'Club',
      scope: 'customers:read',
      summary: 'What was told of benefits, kept or broken',
      params: nothing,
      query: toldQuery,
      answer: listAnswer(toldAnswer),
      success: { 200: 'A page of what was told, the newest first.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { items, nextCursor } = await listTold(ctx, { cursor: query.cursor ?? null });
        return { items: items.map(toToldAnswer), nextCursor };
      },
    }),
  )
  .post(
    '/club/told-promises/:id/withdrawal',
    writing({
      tag: 'Club',
      scope: 'customers:write',
      summary: 'Take back what was told of a benefit by mistake',
      params: z.object({ id: idOf('promise that was told') }),
      body: takeBackInput,
      example: takeBackExample,
      answer: takenBackAnswer,
      success: { 201: 'It counts for nothing any more; what was made good stays the member’s.' },
      refusals: ['not_found', 'already_decided', 'validation_failed'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await takeBack(ctx, { ...params, ...body }, options),
      }),
    }),
  )
  .post(
    '/club/members/:accountId/end',
    writing({
      tag: 'Club',
      scope: 'customers:write',
      summary: 'End a membership, also as of an earlier day',
      params: z.object({ accountId: idOf('account') }),
      body: endMemberInput,
      example: endMemberExample,
      answer: memberAnswer,
      success: { 201: 'The account is no longer in the club.' },
      refusals: ['not_found', 'club_not_a_member', 'validation_failed'],
      run: async (ctx, { params, body, options }) => {
        const ending = { accountId: params.accountId, until: body.until, isWithdrawn: body.withdrawn };
        return { status: 201, answer: await endMembership(ctx, ending, options) };
      },
    }),
  )
  .get(
    '/drops',
    reading({
      tag: 'Club',
      scope: 'customers:read',
      summary: 'The newest drops',
      params: nothing,
      query: nothing,
      answer: listAnswer(dropAnswer),
      success: { 200: 'Drops, those that close last first.' },
      refusals: [],
      run: (ctx) => listDrops(ctx),
    }),
  )
  .post(
    '/drops/:id/claims',
    writing({
      tag: 'Club',
      scope: 'customers:write',
      summary: 'Claim a piece of a drop for a member',
      params: z.object({ id: idOf('drop') }),
      body: claimInput,
      example: claimExample,
      answer: claimAnswer,
      success: {
        201: 'The account has a piece, or a place on the waiting list.',
        200: 'It had claimed already.',
      },
      refusals: ['not_found', 'account_required', 'club_not_a_member', 'drop_not_open', 'drop_claim_over'],
      kept: keptClaim,
      run: async (ctx, { params, body, options }) => {
        const asked = { dropId: params.id, customerId: body.customerId, accountId: body.account };
        const { isNew, claim } = await claimDrop(ctx, asked, {
          alongside: (state, status) => options.alongside(toClaimAnswer(state), status),
        });
        return { status: isNew ? 201 : 200, answer: toClaimAnswer(claim) };
      },
    }),
  );
