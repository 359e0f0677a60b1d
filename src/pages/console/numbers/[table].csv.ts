import type { APIRoute } from 'astro';
import {
  downloadNumbers,
  isNumbersTable,
} from '../../../../functions/desk/console/insight/download-numbers.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** A table of the figures over all customers. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { ctx, staff } = locals.visit;
  const { table } = params;
  const body = staff && isNumbersTable(table) ? await downloadNumbers(ctx, table) : null;
  return body === null ? new Response('', { status: 404 }) : csvAnswer(body, `${table}`);
};
