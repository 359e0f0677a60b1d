import { z } from 'zod';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { leaseThis } from '../../ground/outbox/outbox.ts';
import { resendSender, type SendResult } from '../../ground/outbox/resend.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { email } from '../../ground/platform/input.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { deliverLeased, deliverMail } from './deliver-mail.ts';

const input = z.strictObject({ to: email, language: z.string().max(35).nullable().default(null) });

/** What became of a test mail at once; `reason` and `message` are the provider's own. */
export type TestMail =
  /** No key is set: it is on the mailbox page, and has left nothing. */
  | { outcome: 'mailbox' }
  | { outcome: 'accepted' }
  /** Never to be accepted as it is. */
  | { outcome: 'refused'; reason: string; message: string }
  /** Not accepted now; the jobs try again by themselves. */
  | { outcome: 'later'; reason: string; message: string };

/**
 * Sends a mail to an address of the team now, and says what came of it. Five an hour for each who asks.
 * @throws {AppError} `forbidden`, `validation_failed`, `too_many_requests`, `unavailable` where no mail is sent at all
 */
export async function sendTestMail(ctx: Context, given: z.input<typeof input>): Promise<TestMail> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { to, language } = parseInput(input, given);
  const { mail, secret } = ctx.config;
  if (mail.kind === 'none') throw new AppError('unavailable', 'No mail is sent here: no mail key is set.');
  const now = ctx.now();
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'mail_test', actorName(ctx.actor))], now));
  const id = newId();
  await writeDecision(ctx, {
    letters: [{ id, template: 'mail_test', params: {}, address: to, language }],
    audit: { kind: 'mail.tested', subjectKind: 'mail', subjectId: id },
  });
  if (mail.kind === 'mailbox') {
    await deliverMail(ctx);
    return { outcome: 'mailbox' };
  }
  const leased = await leaseThis(ctx.db, id, now);
  const send = resendSender(mail);
  const told: SendResult[] = [];
  if (leased !== null)
    await deliverLeased(ctx, {
      leased,
      from: mail.from,
      send: async (payload, key) => {
        const result = await send(payload, key);
        told.push(result);
        return result;
      },
    });
  return toOutcome(told[0]);
}

/** Without a word of the provider another process has it, or its address is kept from all mail. */
function toOutcome(result: SendResult | undefined): TestMail {
  if (result === undefined) return { outcome: 'later', reason: 'not_sent', message: '' };
  if (result.kind === 'sent') return { outcome: 'accepted' };
  const { kind, reason, message } = result;
  return { outcome: kind, reason, message };
}
