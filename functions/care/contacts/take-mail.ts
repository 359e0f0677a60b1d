import { createHash, randomBytes } from 'node:crypto';
import type { Statement } from '../../../db/store.ts';
import { isConflictOn } from '../../../db/store.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { keepLeftOut } from '../../people/mail/incoming/left-out.ts';
import type { IncomingMail } from '../../people/mail/incoming/mail-taker.ts';
import { keepable } from '../../voice/feedback/take-reply.ts';
import { planContact } from './plan-contact.ts';
import { findContactByKey } from './queries.ts';
import { findCustomerSide } from './side.ts';
import { insertContactAttachment, insertContactMail } from './statements.ts';

/**
 * A mail that belongs to no thread is a contact: of the customer whose address it is, else of nobody until staff say whose. What of its
 * files is not kept is named beside it.
 */
export async function takeMailAsContact(
  ctx: Context,
  mail: IncomingMail,
): Promise<{ kind: 'contact'; id: string }> {
  const key = `mail:${mail.id}`;
  const known = await findContactByKey(ctx.db.fresh, { key });
  if (known !== null) return { kind: 'contact', id: known.id };
  const id = newId();
  const files = await keepMailFiles(ctx, id, mail);
  try {
    await writeMail(ctx, { id, key, mail, files });
    return { kind: 'contact', id };
  } catch (error) {
    await files.remove();
    const first = isConflictOn(error, 'contacts.key') ? await findContactByKey(ctx.db.fresh, { key }) : null;
    if (first === null) throw error;
    return { kind: 'contact', id: first.id };
  }
}

async function writeMail(
  ctx: Context,
  { id, key, mail, files }: { id: string; key: string; mail: IncomingMail; files: KeptFiles },
): Promise<void> {
  const { customerId, address, subject, quoted, at } = mail;
  const hasPlace = customerId !== null && (await listPlaces(ctx.db.fresh, customerId)).length > 0;
  const side =
    customerId !== null && hasPlace
      ? await findCustomerSide(ctx, { customerId, accountId: null, order: null })
      : { customerId: null, accountId: null, rootId: null };
  const draft = {
    ...({ channel: 'mail', direction: 'in', isMissed: false, at, durationS: null, staffId: null } as const),
    ...{ summary: mail.text || subject, mood: null, satisfaction: null, order: null, wantsAnswer: true },
    ...({
      customerId,
      accountId: null,
      number: null,
      nextStep: null,
      source: 'mail',
      reference: null,
      key: null,
    } as const),
  };
  const planned = {
    id,
    draft,
    side: { ...side, number: null },
    address: side.rootId === null ? address : null,
    key,
  };
  const decide = async (seen: Context) => {
    const { history, taskId: _task, at: _at, rows: own, ...decision } = await planContact(seen, planned);
    return {
      ...decision,
      history,
      rows: [
        ...own,
        insertContactMail({ contactId: id, subject, quoted, leftOut: files.leftOut }),
        ...files.rows,
      ],
    };
  };
  if (side.rootId !== null) return writeHistory(ctx, side.rootId, decide);
  await retrying(ctx, { subject: 'log of contacts' }, async () => {
    const { history: _none, ...decision } = await decide(ctx);
    await writeDecision(ctx, decision);
  });
}

interface KeptFiles {
  rows: Statement[];
  remove: () => Promise<unknown>;
  /** As JSON; null for none. */
  leftOut: string | null;
}

/** The bytes are safe before a row names them. */
async function keepMailFiles(ctx: Context, contactId: string, mail: IncomingMail): Promise<KeptFiles> {
  const { files, leftOut } = await keepable(ctx, mail);
  const kept = files.map((file) => ({
    ...file,
    storedAs: randomBytes(32).toString('hex'),
  }));
  for (const { storedAs, bytes } of kept) await ctx.files?.put(storedAs, bytes);
  const rows = kept.map(({ name, bytes, mediaType, storedAs }) =>
    insertContactAttachment({
      ...{ id: newId(), contactId, name, mediaType, storedAs, at: ctx.now(), sizeBytes: bytes.length },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }),
  );
  const remove = () => Promise.allSettled(kept.map(({ storedAs }) => ctx.files?.delete(storedAs)));
  return { rows, remove, leftOut: keepLeftOut(leftOut) };
}
