import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { endNamedRuns, listNamedFiles, noteNamedFiles } from '../../reach/imports/runs/forget-named.ts';
import { isNamedByLiveRun } from '../../reach/imports/runs/named-by-live-run.ts';
import { eraseStatements } from './erase-statements.ts';
import { findPerson, type KnownSubject, mergedInto, stands } from './find-person.ts';
import { finishErasures } from './finish-erasures.ts';
import { allowErasing, type WordsChoice } from './terms.ts';

/** Somebody who is erased, and on whose word. */
export interface ErasureInput {
  customerId: string;
  words: WordsChoice;
}

export interface ErasedCustomer {
  /** Of the customer, who has no name any more. */
  customerId: string;
  at: number;
  /** Whether the files and the database were swept at once; else a job goes on with it. */
  isFinished: boolean;
}

/**
 * Erases a customer: who they are goes from every table, orders and ledger stay as they are. Who was merged into them goes as
 * well; in companies and households only the person does. They are told by a last mail. It cannot be undone.
 * @throws {AppError} as {@link allowErasing}; `not_found` for who is no customer, or was erased already; `unavailable` while an
 * import is under way that names them
 */
export async function eraseCustomer(
  ctx: Context,
  { customerId, words }: ErasureInput,
  { alongside }: Alongside<WrittenErasure> = {},
): Promise<ErasedCustomer> {
  allowErasing(ctx);
  const askedBy = ctx.actor.kind === 'system' ? 'command' : 'staff';
  const beside = alongside === undefined ? {} : { alongside };
  return erase(ctx, { customerId, words, askedBy, ...beside });
}

/** What is known of an erasure as it is written. */
export type WrittenErasure = Omit<ErasedCustomer, 'isFinished'>;

type AskedBy = 'customer' | 'staff' | 'command';

interface Asked extends ErasureInput, Alongside<WrittenErasure> {
  askedBy: AskedBy;
  /** Which has to stand still when it is written. */
  wishId?: string;
  /** After a restore: of those in the list, and nobody is told again. */
  isAgain?: true;
  at?: number;
  /** Of several it is finished once, by the caller. */
  isFinishedLater?: true;
}

const nobody = () => new AppError('not_found', 'There is no such customer.');

/**
 * The same for who was allowed to have it done: the job that carries out what a customer asked for, and after a restore.
 * @throws {AppError} the same, `not_found` also for who took their wish back
 */
export async function erase(ctx: Context, asked: Asked): Promise<ErasedCustomer> {
  const first = await findPerson(ctx, asked.customerId);
  if (first === null || !(await mayErase(ctx, first, asked))) throw nobody();
  if (asked.isAgain !== true && (await isNamedByLiveRun(ctx.db.fresh, first.words))) throw busy();
  const named = await listNamedFiles(ctx, first.words);
  // Whoever works on one notices within a second that it has ended.
  if ((await endNamedRuns(ctx, named)) && asked.isAgain !== true) throw busy();
  const { at, words } = await changeAccount(ctx, first.rootId ?? first.customerId, () =>
    write(ctx, asked, named),
  );
  ctx.log.info('Customer {customerId} was erased', { customerId: first.customerId });
  await forgetLate(ctx, words, named);
  ctx.wakeMail('now');
  const isFinished = asked.isFinishedLater === true ? false : await finishErasures(ctx);
  return { customerId: first.customerId, at, isFinished };
}

/** Decided anew when it meets the pass of another one: see {@link guardPerson}. */
async function write(ctx: Context, asked: Asked, named: readonly string[]) {
  const person = await findPerson(ctx, asked.customerId);
  if (person === null || !(await mayErase(ctx, person, asked))) throw nobody();
  const now = ctx.now();
  const { forms, words } = person;
  const erasing = { tables: ctx.house.personal, person, now, words: asked.words, forms };
  const guards = [...guardWish(asked), ...guardPerson(person, asked)];
  const decision = toStatements(ctx, decide(person, asked, now));
  const kept = asked.alongside?.({ customerId: person.customerId, at: now }, 201) ?? [];
  const beside = [...guards, noteNamedFiles(named), ...decision, ...kept];
  await ctx.db.write(await eraseStatements(ctx, erasing, beside));
  return { at: now, words };
}

const busy = () =>
  new AppError('unavailable', 'An import that names this customer is under way; try again once it is over.');

/** Files that came, or names that they got, since the others were searched. */
async function forgetLate(ctx: Context, words: readonly string[], known: readonly string[]): Promise<void> {
  try {
    const late = await listNamedFiles(ctx, words, (name) => known.includes(name));
    if (late.length === 0) return;
    await ctx.db.write([noteNamedFiles(late)]);
    await endNamedRuns(ctx, late);
  } catch (error) {
    ctx.log.warn('Files of imports could not be searched once more for who was erased: {reason}', {
      reason: reasonOf(error),
    });
  }
}

/** Nobody is erased twice, nor who is not in the list with somebody who is, nor who changed their mind. */
async function mayErase(ctx: Context, person: KnownSubject, { isAgain, wishId }: Asked): Promise<boolean> {
  const db = ctx.db.fresh;
  if (wishId !== undefined && (await db.read(statement(`SELECT 1 ${standing}`, wishId))).length === 0)
    return false;
  const listed = await db.read(
    statement(
      'SELECT customer_id FROM erasures WHERE customer_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(person.customerIds),
    ),
  );
  if (isAgain === true) return listed.length === person.customerIds.length;
  // Who has no row of it may have been merged since, or restored.
  return !listed.some(([id]) => id === person.customerId);
}

const standing = 'FROM erasure_requests WHERE id = ? AND cancelled_at IS NULL AND done_at IS NULL';

/** A wish that was taken back just now meets the pass of its own erasure, and nothing of it is written. */
function guardWish({ wishId }: Asked): Statement[] {
  if (wishId === undefined) return [];
  return [
    statement(`INSERT INTO erasure_passes (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 ${standing})`, wishId),
  ];
}

/**
 * Who was erased by another press meanwhile, or became one with somebody else, meets that pass as well: what is written was
 * read of the person as they were.
 */
function guardPerson({ customerId, customerIds }: KnownSubject, { isAgain }: Asked): Statement[] {
  const ids = JSON.stringify(customerIds);
  const read = 'SELECT value FROM json_each(?)';
  const isNow = `SELECT id FROM (${mergedInto})`;
  return [
    statement(
      `INSERT INTO erasure_passes (id) SELECT 1 WHERE EXISTS (${read} EXCEPT ${isNow}) OR EXISTS (${isNow} EXCEPT ${read})
         OR EXISTS (SELECT 1 FROM customer_merges AS m WHERE m.merged_id = ? AND ${stands})`,
      ...[ids, customerId, customerId, ids, customerId],
    ),
    ...(isAgain === true
      ? []
      : [
          statement(
            'INSERT INTO erasure_passes (id) SELECT 1 WHERE EXISTS (SELECT 1 FROM erasures WHERE customer_id = ?)',
            customerId,
          ),
        ]),
  ];
}

function decide(person: KnownSubject, asked: Asked, now: number): Decision {
  const { customerId, customerIds, rootId, rootIds, accountIds, email, language } = person;
  const shared = rootIds.filter((id) => !accountIds.includes(id));
  const isFirst = asked.isAgain !== true;
  return {
    rows: [
      ...keepErasures(person, asked, now),
      statement(
        `UPDATE erasure_requests SET done_at = ? WHERE customer_id IN (SELECT value FROM json_each(?))
         AND cancelled_at IS NULL AND done_at IS NULL`,
        now,
        JSON.stringify(customerIds),
      ),
    ],
    histories: isFirst
      ? [
          ...(rootId === null ? [] : [{ kind: 'erased', rootId, actor: 'system:erasure' } as const]),
          ...shared.map((id) => ({ kind: 'person_erased', rootId: id, actor: 'system:erasure' }) as const),
        ]
      : [],
    letters:
      email === null || !isFirst
        ? []
        : [{ template: 'erased', params: { at: now, words: asked.words }, address: email, language }],
    audit: isFirst
      ? {
          kind: 'customer.erased',
          subjectKind: 'customer',
          subjectId: customerId,
          detail: { words: asked.words },
        }
      : null,
  };
}

/**
 * In the list that is applied again to whatever is restored, where a merge may not have been yet; numbered, since a copy of each
 * lies beside the files.
 */
function keepErasures(
  { customerIds }: KnownSubject,
  { words, askedBy, at }: Asked,
  now: number,
): Statement[] {
  return customerIds.map((id) =>
    statement(
      `INSERT INTO erasures (customer_id, seq, words, asked_by, at)
       SELECT ?, coalesce(max(seq), 0) + 1, ?, ?, ? FROM erasures WHERE TRUE
       ON CONFLICT (customer_id) DO UPDATE SET finished_at = NULL`,
      ...[id, words, askedBy, at ?? now],
    ),
  );
}
