import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { reading, writing } from '../../ground/http/endpoint.ts';
import { instantText, listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { toInvitedAnswer } from '../joining/routes.ts';
import { invitedAnswer } from '../joining/schema.ts';
import { changePerson } from './change-person.ts';
import { getSharedAccount } from './get-shared-account.ts';
import { invitePerson } from './invite-person.ts';
import { removePerson } from './remove-person.ts';
import {
  invitePersonExample,
  invitePersonInput,
  permissionAnswer,
  permissionExample,
  permissionInput,
  personAnswer,
  removalAnswer,
  removalExample,
  removalInput,
} from './schema.ts';

const account = z.object({ id: idOf('account') });
const person = z.object({ id: idOf('account'), customerId: idOf('customer') });

/** `/accounts/{id}/people` of the API: companies and households. */
export const householdRoutes = new Hono<ApiEnv>()
  .get(
    '/accounts/:id/people',
    reading({
      tag: 'Customers',
      scope: 'customers:read',
      summary: 'Who belongs to a company or household',
      params: account,
      query: z.strictObject({}),
      answer: listAnswer(personAnswer),
      success: { 200: 'Its people, those of the whole account first.' },
      refusals: ['not_found', 'validation_failed'],
      run: async (ctx, { params }) => {
        const { people } = await getSharedAccount(ctx, { accountId: params.id });
        const items = people.map(({ isYou: _, ...one }) => ({ ...one, since: instantText(one.since) }));
        return { items, nextCursor: null };
      },
    }),
  )
  .post(
    '/accounts/:id/people',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Invite somebody into a company or household by mail',
      params: account,
      body: invitePersonInput,
      example: invitePersonExample,
      answer: invitedAnswer,
      success: { 201: 'The invitation is on its way; whoever has the address decides.' },
      refusals: ['not_found', 'already_member'],
      run: async (ctx, { params, body, options }) => {
        const asked = { accountId: params.id, ...body };
        const invited = await invitePerson(ctx, asked, {
          alongside: (sent, status) => options.alongside(toInvitedAnswer(sent), status),
        });
        return { status: 201, answer: toInvitedAnswer(invited) };
      },
    }),
  )
  .post(
    '/accounts/:id/people/:customerId/permission',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Say whether somebody may spend the balance and manages the people',
      params: person,
      body: permissionInput,
      example: permissionExample,
      answer: permissionAnswer,
      success: { 201: 'It holds from now on.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => {
        const asked = { accountId: params.id, customerId: params.customerId, ...body };
        return { status: 201, answer: await changePerson(ctx, asked, options) };
      },
    }),
  )
  .post(
    '/accounts/:id/removals',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Take somebody out of a company or household',
      params: account,
      body: removalInput,
      example: removalExample,
      answer: removalAnswer,
      success: { 201: 'They see and spend nothing of it any more; orders stay.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => {
        const asked = { accountId: params.id, ...body };
        return { status: 201, answer: await removePerson(ctx, asked, options) };
      },
    }),
  );
