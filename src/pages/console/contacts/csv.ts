import type { APIRoute } from 'astro';
import { downloadContacts } from '../../../../functions/desk/console/contacts/download-contacts.ts';
import { contactFilterIn } from '../../../contact-filter.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** The contacts that the list shows, all of them, streamed. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return csvAnswer(await downloadContacts(ctx, contactFilterIn(url.searchParams)), 'contacts');
};
