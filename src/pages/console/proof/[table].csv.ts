import type { APIRoute } from 'astro';
import { downloadProof, proofTables } from '../../../../functions/desk/verify/proof/download-proof.ts';
import { csvAnswer } from '../../../csv-answer.ts';
import { oneOf } from '../../../forms.ts';

/** What the checks of the books found: runs, differences or doubts. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { ctx, staff } = locals.visit;
  const table = oneOf(params.table ?? '', proofTables);
  if (!staff || staff.role === 'agent' || table === null) return new Response('', { status: 404 });
  return csvAnswer(await downloadProof(ctx, table), `proof-${table}`);
};
