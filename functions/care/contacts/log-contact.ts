import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { checkContact } from './check-contact.ts';
import { planContact } from './plan-contact.ts';
import { type ContactRow, findContactByKey, findContactByReference } from './queries.ts';
import { type ContactDraft, type LogContactInput, logContactInput } from './schema.ts';
import { type ContactSide, findSide } from './side.ts';

/** What became of a contact that was told of. */
export interface LoggedContact {
  id: string;
  customerId: string | null;
  accountId: string | null;
  /** What is to be done because of it. */
  taskId: string | null;
  at: number;
  /** Told before, under the same key or reference: nothing was written. */
  isKnown: boolean;
}

/**
 * Writes down a call, meeting, visit, letter or message with somebody. A number finds its customer; a call that nobody took
 * becomes a task, and whoever waited for us is answered by it. The same form, or reference of another system, is one contact.
 * @throws {AppError} `validation_failed`, `not_found` for a customer, account or order that is not there, `forbidden`,
 * `scope_missing`, `unavailable`
 */
export async function logContact(
  ctx: Context,
  input: LogContactInput,
  decideAlso: (logged: LoggedContact) => Decision = () => ({}),
): Promise<LoggedContact> {
  allow(ctx.actor, 'contacts:write');
  const told = parseInput(logContactInput, input);
  await checkContact(ctx, told);
  // Two systems may both count from 1.
  const reference = told.reference === null ? null : `${actorName(ctx.actor)}:${told.reference}`;
  const draft = { ...told, reference };
  const key = draft.key === null ? null : `${actorName(ctx.actor)}:${draft.key}`;
  const known = await findKnown(ctx, { key, reference });
  if (known !== null) return known;
  const side = await findSide(ctx, draft);
  try {
    return await writeContact(ctx, { draft, side, key }, decideAlso);
  } catch (error) {
    const isTwice = isConflictOn(error, 'contacts.key', 'contacts.reference');
    const first = isTwice ? await findKnown(ctx, { key, reference }) : null;
    if (first === null) throw error;
    return first;
  }
}

async function writeContact(
  ctx: Context,
  told: { draft: ContactDraft; side: ContactSide; key: string | null },
  decideAlso: (logged: LoggedContact) => Decision,
): Promise<LoggedContact> {
  const id = newId();
  const decide = async (seen: Context) => {
    const { history, taskId, at, ...decision } = await planContact(seen, { ...told, id });
    const { customerId, accountId } = told.side;
    const logged: LoggedContact = { id, customerId, accountId, taskId, at, isKnown: false };
    const audit = { kind: 'contact.logged', subjectKind: 'contact', subjectId: id } as const;
    return { history, audit, ...decision, also: [decideAlso(logged)], result: logged };
  };
  const { rootId } = told.side;
  if (rootId !== null) return writeHistory(ctx, rootId, decide);
  return retrying(ctx, { subject: 'log of contacts' }, async () => {
    const { history: _none, result, ...decision } = await decide(ctx);
    await writeDecision(ctx, decision);
    return result;
  });
}

async function findKnown(
  ctx: Context,
  { key, reference }: { key: string | null; reference: string | null },
): Promise<LoggedContact | null> {
  const row =
    (key === null ? null : await findContactByKey(ctx.db.fresh, { key })) ??
    (reference === null ? null : await findContactByReference(ctx.db.fresh, { reference }));
  return row === null ? null : toKnown(row);
}

function toKnown({ id, customerId, accountId, at }: ContactRow): LoggedContact {
  return { id, customerId, accountId, taskId: null, at, isKnown: true };
}
