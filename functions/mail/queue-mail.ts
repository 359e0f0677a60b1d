import { insertInto } from '../../db/query.ts';
import { outbox } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { newId } from '../platform/ids.ts';
import { type MailParams, type Template, writeParams } from './templates.ts';

const insertMail = insertInto(outbox);

/** A mail to be written with its cause. */
export type Mail = { [T in Template]: { template: T; params: MailParams[T] } & Recipient }[Template];

type Recipient = (
  | { customerId: string; address?: undefined }
  /** For somebody who is not known yet, or at an address that is no longer theirs. */
  | { address: string; customerId?: undefined }
) & {
  /** Null: the customer's own, else the business's. */
  language: string | null;
  at: number;
};

/**
 * The statement that puts a mail into the outbox; it belongs into the batch of what the mail tells about.
 * Somebody waits for the secret of a challenge, so it overtakes all others.
 */
export function queueMail({ template, params, customerId, address, language, at }: Mail): Statement {
  return insertMail({
    id: newId(),
    template,
    params: writeParams(params),
    customerId,
    address,
    language,
    createdAt: at,
    nextTryAt: 'challengeId' in params ? 0 : at,
    tries: 0,
  });
}
