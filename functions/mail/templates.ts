import { z } from 'zod';
import { eventStatuses } from '../orders/order.ts';
import { roles } from '../platform/context.ts';

/** The mails there are, and what each has to be told; amounts are minor units, moments epoch milliseconds. */

const amount = z.object({ minor: z.coerce.bigint(), currency: z.string() });
const moment = z.object({ at: z.number(), day: z.string().nullable() });
const challenge = z.object({ challengeId: z.string() });
const order = z.object({ source: z.string(), number: z.string() });

const shapes = {
  sign_in: challenge,
  email_change: challenge,
  staff_invitation: challenge.extend({ role: z.enum(roles) }),
  email_changed_notice: z.object({ changedAt: z.number() }),
  order_placed: order.extend({ placedAt: moment, total: amount, promisedBy: z.string().nullable() }),
  order_state: order.extend({
    status: z.enum([...eventStatuses, 'partly_refunded', 'refunded']),
    at: moment,
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
  }),
  target_reached: z.object({ ruleName: z.string(), spend: amount, pays: amount }),
  voucher_issued: z.object({
    code: z.string(),
    amount,
    minimum: amount.nullable(),
    expiresAt: z.number().nullable(),
  }),
};

export type Template = keyof typeof shapes;
export type MailParams = { [T in Template]: z.output<(typeof shapes)[T]> };

const readers: { [T in Template]: z.ZodType<MailParams[T]> } = shapes;

export function isTemplate(name: string): name is Template {
  return Object.hasOwn(shapes, name);
}

/** Params as the outbox keeps them. */
export function writeParams<T extends Template>(params: MailParams[T]): string {
  return JSON.stringify(params, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}

/** @throws {z.ZodError} when the text is not what {@link writeParams} wrote for this template */
export function readParams<T extends Template>(template: T, text: string): MailParams[T] {
  return readers[template].parse(JSON.parse(text));
}

const secretTemplates: readonly string[] = ['sign_in', 'email_change', 'staff_invitation'];

/** Whether the mail carries a secret of a challenge, and therefore is never stored rendered. */
export function isSecretMail(template: string): boolean {
  return secretTemplates.includes(template);
}
