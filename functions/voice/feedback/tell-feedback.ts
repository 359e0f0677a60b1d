import type { z } from 'zod';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { signatureOf } from '../../ground/platform/ids.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { bytesOf, checkFiles, keepFiles } from './attachments.ts';
import type { SentFile } from './file-limits.ts';
import { assertMaySend, assertMayWrite } from './limits.ts';
import { placeOf } from './place.ts';
import { anonymousFeedback } from './policies.ts';
import { tellInput } from './schema.ts';
import { type FeedbackDraft, orKnown, writeFeedback } from './write-feedback.ts';

/**
 * The signed-in customer tells something; the same form (`key`) sent twice is one feedback. A problem, a complaint and
 * whatever wants an answer opens a case in the same write.
 * @throws {AppError} `not_found` (an order or account that is not theirs), `validation_failed`, `too_many_requests`
 */
export async function tellFeedback(
  ctx: Context,
  input: z.input<typeof tellInput>,
  files: readonly SentFile[] = [],
): Promise<{ id: string; reference: string }> {
  const customerId = customerIdOf(ctx);
  const { key: typed, accountId, ...feedback } = parseInput(tellInput, input);
  const checked = await checkFiles(files);
  const key = `customer:${customerId}:${typed}`;
  return orKnown(ctx, key, async () => {
    await assertMayWrite(ctx, { kind: 'customer', subject: customerId });
    const places = await listPlaces(ctx.db, customerId);
    const place = await placeOf(ctx, places, { order: feedback.order, accountId });
    const draft: FeedbackDraft = {
      ...{ ...feedback, ...place, customerId, source: 'portal', key },
      product: null,
    };
    return keepFiles(ctx, checked, (rowsOf) =>
      writeFeedback(ctx, draft, ({ id }) => ({ rows: rowsOf({ feedbackId: id, messageId: null }) })),
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
  input: z.input<typeof tellInput>,
  { client, writer, files }: { client: string; writer: string | null; files: readonly SentFile[] },
): Promise<{ id: string; reference: string }> {
  const { key: typed, accountId: _none, ...feedback } = parseInput(tellInput, input);
  if (policyOf(await getBusiness(ctx), anonymousFeedback) === 'off') {
    throw new AppError('forbidden', 'Feedback is taken from customers who are signed in.');
  }
  const checked = await checkFiles(files);
  const author = signatureOf(ctx.config.secret, `writer:${writer ?? client}`);
  const key = `anonymous:${author}:${typed}`;
  return orKnown(ctx, key, async () => {
    await assertMayWrite(ctx, { kind: 'client', subject: client });
    await assertMaySend(ctx, { client, bytes: bytesOf(checked) });
    const unnamed: Context = { ...ctx, actor: { kind: 'anonymous' } };
    const nobody = { customerId: null, accountId: null, rootId: null, order: null, line: null, parcel: null };
    const draft: FeedbackDraft = { ...feedback, ...nobody, product: null, source: 'portal', key };
    return keepFiles(unnamed, checked, (rowsOf) =>
      writeFeedback(unnamed, draft, ({ id }) => ({ rows: rowsOf({ feedbackId: id, messageId: null }) })),
    );
  });
}
