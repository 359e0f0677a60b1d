import type { z } from 'zod';
import { listPlaces } from '../accounts/places.ts';
import { getBusiness } from '../business/business.ts';
import { policyOf } from '../business/policies.ts';
import { customerIdOf } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { signatureOf } from '../platform/ids.ts';
import { parseInput } from '../platform/parse-input.ts';
import { bytesOf, checkFiles, keepFiles } from './attachments.ts';
import type { SentFile } from './file-limits.ts';
import { assertMaySend, assertMayWrite } from './limits.ts';
import { placeOf } from './place.ts';
import { tellInput } from './schema.ts';
import { type FeedbackDraft, orKnown, writeFeedback } from './write-feedback.ts';

/**
 * The signed-in customer tells something; the same form (`key`) sent twice is one feedback. A problem, a complaint and
 * whatever wants an answer opens a case in the same write.
 * @throws {AppError} `not_found` (an order or account that is not theirs), `validation_failed`, `too_many_requests`
 */
export async function tellFeedback(
  ctx: Context,
  told: z.input<typeof tellInput>,
  files: readonly SentFile[] = [],
): Promise<{ id: string; reference: string }> {
  const customerId = customerIdOf(ctx);
  const { key: typed, accountId, ...input } = parseInput(tellInput, told);
  const checked = await checkFiles(files);
  const key = `customer:${customerId}:${typed}`;
  return orKnown(ctx, key, async () => {
    await assertMayWrite(ctx, { kind: 'customer', subject: customerId });
    const places = await listPlaces(ctx.db, customerId);
    const place = await placeOf(ctx, places, { order: input.order, accountId });
    const draft: FeedbackDraft = { ...input, ...place, customerId, source: 'portal', key };
    return keepFiles(ctx, checked, (rowsOf) =>
      writeFeedback(ctx, draft, ({ id }) => rowsOf({ feedbackId: id, messageId: null })),
    );
  });
}

/**
 * Somebody who stays unnamed tells something, where the business takes that; nothing of them is kept. `client` is the
 * group of addresses they write from, and only counted; `writer` is what their browser was given to be known by, so that the
 * form sent twice from it is one feedback, and the same form from elsewhere is another.
 * @throws {AppError} `forbidden` where it does not, `validation_failed`, `too_many_requests`
 */
export async function tellAnonymously(
  ctx: Context,
  told: z.input<typeof tellInput>,
  { client, writer, files }: { client: string; writer: string | null; files: readonly SentFile[] },
): Promise<{ id: string; reference: string }> {
  const { key: typed, accountId: _none, ...input } = parseInput(tellInput, told);
  if (policyOf(await getBusiness(ctx), 'anonymousFeedback') === 'off') {
    throw new AppError('forbidden', 'Feedback is taken from customers who are signed in.');
  }
  const checked = await checkFiles(files);
  const author = signatureOf(ctx.config.secret, `writer:${writer ?? client}`);
  const key = `anonymous:${author}:${typed}`;
  return orKnown(ctx, key, async () => {
    await assertMayWrite(ctx, { kind: 'client', subject: client });
    await assertMaySend(ctx, { client, bytes: bytesOf(checked) });
    const unnamed: Context = { ...ctx, actor: { kind: 'anonymous' } };
    const nobody = { customerId: null, accountId: null, rootId: null, order: null, line: null };
    const draft: FeedbackDraft = { ...input, ...nobody, source: 'portal', key };
    return keepFiles(unnamed, checked, (rowsOf) =>
      writeFeedback(unnamed, draft, ({ id }) => rowsOf({ feedbackId: id, messageId: null })),
    );
  });
}
