import { listSuppressed } from '../../ground/outbox/list-suppressed.ts';
import type { OutboxMail } from '../../ground/outbox/outbox.ts';
import type { WithheldReason } from '../../ground/outbox/withhold.ts';
import type { Context } from '../../ground/platform/context.ts';
import { momentOfMail } from '../../ground/settings/moment.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { tell } from '../preferences/tell.ts';
import { isOpen } from '../sign-in/challenge.ts';
import { contentOf } from './mail-content.ts';
import { findSecret } from './queries.ts';

/**
 * Why a mail is not sent; null when it may be, and is then counted against what its reader allows. What somebody asks for this
 * minute is always tried, since proving the address is how a bounce is cleared.
 * @throws {z.ZodError} when its params are none of its kind's
 */
export async function withheldBecause(
  ctx: Context,
  { id, template, params, customerId, address }: OutboxMail & { id: string },
): Promise<WithheldReason | null> {
  const form = ctx.house.letters.get(template);
  if (form === undefined) return null;
  const challengeId = form.isSecret ? form.open(params).text('challengeId') : null;
  if (challengeId !== null) {
    const [challenge] = await findSecret(ctx.db.fresh, { id: challengeId });
    return challenge === undefined
      ? 'recipient_gone'
      : isOpen(challenge, ctx.now())
        ? null
        : 'challenge_over';
  }
  if (customerId === null) {
    const suppressed = await listSuppressed(ctx.db.fresh, { customerId, address });
    return suppressed.some(({ reason }) => reason === 'bounced') ? 'bounced' : null;
  }
  const moment = momentOfMail(ctx.house, template);
  if (moment !== null && policyOf(await getBusiness(ctx), moment.isOn) === 'off') return 'stopped';
  const content = contentOf(ctx, template);
  const asked = { id, template, customerId, param: form.open(params).text };
  const reason = await content?.withheld(ctx, asked);
  if (reason) return reason;
  const { topic, isUnasked } = form;
  const verdict = await tell(ctx, { id, customerId, topic, channel: 'mail', isLimited: isUnasked });
  if (verdict.may) return null;
  return verdict.because === 'declined' ? 'topic_off' : verdict.because;
}
