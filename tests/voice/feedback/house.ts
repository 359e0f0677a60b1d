import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { answerFeedback } from '../../../functions/voice/feedback/answer-feedback.ts';
import type { SentFile } from '../../../functions/voice/feedback/file-limits.ts';
import { getCase } from '../../../functions/voice/feedback/get-case.ts';
import { getThread } from '../../../functions/voice/feedback/get-thread.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import type { CaseFile } from '../../../functions/voice/feedback/types.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

/** A shop with two customers who bought something, Ann and Bob, and two who work there. */
export async function openHouse() {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ email: 'ann@example.com', number: 'A-1', totals: [12_000] });
  const other = await shop.order({ email: 'bob@example.com', number: 'B-1', totals: [5000] });
  const agent = await hire(shop, 'agent@example.com', 'agent');
  const owner = await hire(shop, 'owner@example.com', 'owner');
  const analyst = await hire(shop, 'analyst@example.com', 'analyst');
  const ann = shop.as(order.customerId);
  const bob = shop.as(other.customerId);
  return { shop, ctx: shop.ctx, ann, bob, agent, owner, analyst, order };
}

async function hire({ ctx }: Shop, email: string, role: Role): Promise<Context & { staffId: string }> {
  await addStaff(ctx, { email, role });
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM staff WHERE email = ?', args: [email] });
  const id = String(row?.[0]);
  return { ...ctx, actor: { kind: 'staff', id, role }, staffId: id };
}

let keys = 0;

export const newKey = () => {
  keys += 1;
  return `key-of-test-${keys}`;
};

type Told = Parameters<typeof tellFeedback>[1];

/** Something told, of which only what matters is given. */
export const words = (told: Partial<Told> = {}): Told => ({
  kind: 'problem',
  text: 'One bag arrived torn.',
  language: 'en',
  accountId: null,
  key: newKey(),
  ...told,
});

export const tell = (ctx: Context, told: Partial<Told> = {}, files: SentFile[] = []) =>
  tellFeedback(ctx, words(told), files);

export const answer = (
  ctx: Context,
  feedbackId: string,
  more: Partial<Parameters<typeof answerFeedback>[1]> = {},
) => answerFeedback(ctx, { feedbackId, text: 'We are sorry.', state: 'answered', key: newKey(), ...more });

export const caseOf = (ctx: Context, { reference }: { reference: string }): Promise<CaseFile> =>
  getCase(ctx, { reference });

export const threadOf = (ctx: Context, { reference }: { reference: string }, proof: string | null = null) =>
  getThread(ctx, { reference, proof });

/** The single number that a statement reads. */
export async function countOf({ db }: Pick<Context, 'db'>, sql: string): Promise<number> {
  const [row] = await db.read({ sql, args: [] });
  return Number(row?.[0]);
}

export const pngBytes = () =>
  new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
export const pdfBytes = () => new Uint8Array(Buffer.from('%PDF-1.4\n%%EOF\n'));
