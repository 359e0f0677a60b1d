import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listPapers, type PapersPage } from './list-papers.ts';
import { sellerOf } from './policies.ts';

/** A page of papers for staff, and whether invoices can be issued: the business has given its details. @throws {AppError} as `listPapers` */
export async function getPapersDesk(
  ctx: Context,
  asked: { search: string; cursor: string | null },
): Promise<PapersPage & { isSetUp: boolean }> {
  const [page, business] = await Promise.all([listPapers(ctx, asked), getBusiness(ctx)]);
  return { ...page, isSetUp: sellerOf(business) !== null };
}
