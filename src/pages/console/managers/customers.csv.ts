import type { APIRoute } from 'astro';
import { downloadOwnCustomers } from '../../../../functions/desk/console/own-customers/download-own-customers.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** The customers of one of the team with what waits, all of them, streamed. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff || ctx.actor.kind !== 'staff') return new Response('', { status: 404 });
  const staffId = url.searchParams.get('of') ?? ctx.actor.id;
  const isWaitingOnly = url.searchParams.get('show') !== 'all';
  return csvAnswer(await downloadOwnCustomers(ctx, { staffId, isWaitingOnly }), 'managers-customers');
};
