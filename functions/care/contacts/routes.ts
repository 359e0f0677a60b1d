import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import {
  contactExample,
  contactsAnswer,
  listContactsQuery,
  loggedContactAnswer,
  recordContactInput,
} from './api-schema.ts';
import { listForPrograms } from './list-for-programs.ts';
import { getContactNumbers } from './numbers/get-contact-numbers.ts';
import { contactNumbersAnswer, contactNumbersQuery, toContactNumbersAnswer } from './numbers/schema.ts';
import { recordContact } from './record-contact.ts';

/** `/contacts` of the API. */
export const contactRoutes = new Hono<ApiEnv>()
  .post(
    '/contacts',
    writing({
      tag: 'Contacts',
      scope: 'contacts:write',
      summary: 'Tell of a call or another contact, by customer or by number',
      params: nothing,
      body: recordContactInput,
      example: contactExample,
      answer: loggedContactAnswer,
      success: {
        201: 'It is in the log. A call in that nobody took is a task, named by `taskId`, unless one about the same caller is open.',
        200: 'The same `reference` was told of before; nothing changed.',
      },
      refusals: ['not_found'],
      run: (ctx, { body, options }) => recordContact(ctx, body, options),
    }),
  )
  .get(
    '/contacts',
    reading({
      tag: 'Contacts',
      scope: 'contacts:read',
      summary: 'Contacts, the newest first, by customer, channel, direction and time',
      params: nothing,
      query: listContactsQuery,
      answer: contactsAnswer,
      success: {
        200: 'A page of 30 at the most. Numbers, addresses, words and moods are told to keys with `customers:read` alone.',
      },
      refusals: [],
      run: (ctx, { query }) => listForPrograms(ctx, query),
    }),
  )
  .get(
    '/contacts/numbers',
    reading({
      tag: 'Contacts',
      scope: 'contacts:read',
      summary: 'How many contacts, how long, and how soon who waited was answered, by person and channel',
      params: nothing,
      query: contactNumbersQuery,
      answer: contactNumbersAnswer,
      success: { 200: 'Of the days, and of as many before them; nothing that was taken back.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query: { since, until = '', channel = null, staffId = null } }) => {
        const numbers = await getContactNumbers(ctx, { period: 'days', since, until, channel, staffId });
        if (numbers.period.name !== 'days')
          throw wrongField('until', 'invalid_date', 'has to be since or later, within three years');
        return toContactNumbersAnswer(numbers);
      },
    }),
  );
