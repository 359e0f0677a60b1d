import { allow, customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listForEditor, listOfCustomer, listPublished, type TestimonialRow } from './queries.ts';

export type TestimonialState = 'waiting' | 'published' | 'declined' | 'withdrawn';

/** What a customer offered, and what became of it. */
export interface OwnTestimonial {
  id: string;
  text: string;
  /** The part that is shown; null for all of it. */
  excerpt: string | null;
  shownName: string;
  state: TestimonialState;
  reason: string | null;
  at: number;
}

/** The same as the editor needs it. */
export interface OfferedTestimonial extends OwnTestimonial {
  customerId: string;
  email: string;
  language: string;
  consent: string;
  source: TestimonialRow['source'];
}

/** Words shown to everybody. */
export interface Quote {
  id: string;
  text: string;
  language: string;
  shownName: string;
  at: number;
}

/** What the signed-in customer offered, newest first. */
export async function listOwnTestimonials(ctx: Context): Promise<OwnTestimonial[]> {
  return (await listOfCustomer(ctx.db.fresh, { customerId: customerIdOf(ctx) })).map(ownView);
}

/** What customers offered: what waits for the editor first. @throws {AppError} `forbidden` */
export async function listTestimonials(ctx: Context): Promise<OfferedTestimonial[]> {
  allow(ctx.actor, 'feedback:read');
  const rows = await listForEditor(ctx.db);
  return rows.map((row) => {
    const { customerId, email, language, consent, source } = row;
    return { ...ownView(row), customerId, email: email ?? '', language, consent, source };
  });
}

/** The newest words that everybody may read. */
export async function listQuotes(ctx: Context, { limit }: { limit: number }): Promise<Quote[]> {
  return await listPublished(ctx.db, { limit });
}

function ownView(row: TestimonialRow): OwnTestimonial {
  const { id, text, excerpt, shownName, reason, at } = row;
  return { id, text, excerpt, shownName, state: stateOf(row), reason, at };
}

function stateOf({ withdrawnAt, decision }: TestimonialRow): TestimonialState {
  if (withdrawnAt !== null) return 'withdrawn';
  if (decision === null) return 'waiting';
  return decision === 'approve' ? 'published' : 'declined';
}
