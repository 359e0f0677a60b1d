import assert from 'node:assert/strict';
import { insertInto } from '../../../db/query.ts';
import { outbox } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { momentOfMail } from '../settings/moment.ts';
import type { LetterParams, Template, Urgency } from './letter-kind.ts';
import { writeParams } from './letters.ts';

const insertMail = insertInto(outbox);

/** A mail to be written with its cause. */
export type Mail = { [T in Template]: { template: T; params: LetterParams[T] } & Recipient }[Template];

type Recipient = (
  | { customerId: string; address?: undefined }
  /** For somebody who is not known yet, or at an address that is no longer theirs. */
  | { address: string; customerId?: undefined }
) & {
  /** Of a mail whose fate is looked after. */
  id?: string;
  /** Null, or left out: the customer's own, else the business's. */
  language?: string | null;
  /** From when on it may go out, in epoch milliseconds; now unless given. */
  at?: number;
};

/** The statement that puts a mail into the outbox; it belongs into the batch of what the mail tells about. */
export function queueMail(ctx: Pick<Context, 'house' | 'now'>, mail: Mail): Statement {
  const { id = newId(), template, params, customerId, address, language = null, at = ctx.now() } = mail;
  return insertMail({
    id,
    template,
    urgency: urgencyOf(ctx, template),
    moment: momentOfMail(ctx.house, template)?.name,
    params: writeParams(params),
    customerId,
    address,
    language,
    createdAt: at,
    nextTryAt: at,
    tries: 0,
  });
}

/** How urgent the mails of a name are, for a statement that decides itself to whom it writes them. */
export function urgencyOf({ house }: Pick<Context, 'house'>, template: Template): Urgency {
  const form = house.letters.get(template);
  assert(form !== undefined, `there is a mail ${template}`);
  return form.urgency;
}
