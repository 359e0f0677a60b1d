import { insertInto, statement } from '../../../../db/query.ts';
import { memberships } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { insertAccount, type NewAccount } from '../../../money/accounts/open-account.ts';
import { STALE } from '../../../money/accounts/plan-change.ts';
import { joiningDayOf } from '../../../money/accounts/root.ts';
import { type Reason, wrongIn } from '../reason.ts';
import {
  departmentName,
  type KnownAccount,
  type KnownCustomer,
  type KnownPeople,
  memberName,
  ownName,
  sharedName,
} from './known.ts';
import type { CustomerRow } from './parse-row.ts';
import { type CustomerTerms, contradicts } from './plan-row.ts';

const insertMembership = insertInto(memberships);

type AccountPart =
  | { ok: true; statements: Statement[]; made: string[]; rootId: string; isMoved: boolean }
  | { ok: false; reason: Reason };

interface Around {
  known: KnownPeople;
  terms: CustomerTerms;
}

/** The account a row says somebody belongs to: their own, or a company's or household's, or a department of one. */
export function planAccount(row: CustomerRow, person: KnownCustomer, { known, terms }: Around): AccountPart {
  const rootName = row.account === null ? ownName(person.id) : sharedName(row.account);
  const kept = known.accounts.get(rootName) ?? null;
  if (!terms.tellsAccounts && kept === null && person.rootId !== null) {
    if (row.joined_at !== null) return { ok: false, reason: wrongIn('joined_at', 'needs_its_account') };
    return { ok: true, statements: [], made: [], rootId: person.rootId, isMoved: false };
  }
  const refusal = refusalOf(row, person, { kept, known, terms });
  if (refusal !== null) return refusal;
  const making: Making = { row, known, terms, statements: [], made: [] };
  const root =
    kept ??
    make(making, rootName, {
      ...(row.account === null
        ? { kind: 'personal', name: '', ownerId: person.id }
        : { kind: 'shared', name: row.account }),
    });
  const place = row.department === null ? root : findOrMakeDepartment(making, root, row.department);
  const { statements, made } = making;
  if (root.isWithdrawn) {
    root.isWithdrawn = false;
    statements.push(statement('UPDATE accounts SET withdrawn_at = NULL WHERE id = ?', root.id));
  }
  if (row.account_kind !== null && root.form === null) {
    root.form = row.account_kind;
    statements.push(statement('UPDATE accounts SET form = ? WHERE id = ?', row.account_kind, root.id));
  }
  const member = memberName(place.id, person.id);
  if (!known.members.has(member)) {
    known.members.set(member, 'here');
    statements.push(insertMembership({ accountId: place.id, customerId: person.id, since: terms.now }));
  }
  person.rootId ??= root.id;
  const isMade = kept === null;
  const joining = planJoined(row, { root, isMade, terms });
  return {
    ...{ ok: true, statements: [...statements, ...joining], made },
    ...{ rootId: root.id, isMoved: joining.length > 0 && !isMade },
  };
}

/** What the row contradicts, found before anything is planned; null where it agrees. */
function refusalOf(
  { account_kind, department, joined_at: day }: CustomerRow,
  person: KnownCustomer,
  { kept, known, terms }: Around & { kept: KnownAccount | null },
): { ok: false; reason: Reason } | null {
  const { now, timeZone } = terms;
  if (day !== null && startOfDay(day, timeZone) > now)
    return { ok: false, reason: wrongIn('joined_at', 'in_future') };
  if (kept === null) return null;
  if (account_kind !== null && kept.form !== null && account_kind !== kept.form)
    return contradicts('account_kind', kept.form);
  const place = department === null ? kept : known.accounts.get(departmentName(kept.id, department));
  if (place !== undefined && known.members.get(memberName(place.id, person.id)) === 'gone')
    return { ok: false, reason: wrongIn('account', 'left_account') };
  const joined = joinedOf(kept, terms);
  if (day !== null && joined !== null && day > joined && !isSignUp(day, kept, timeZone))
    return contradicts('joined_at', joined);
  return null;
}

interface Making extends Around {
  row: CustomerRow;
  statements: Statement[];
  made: string[];
}

function make(
  { row, known, terms, statements, made }: Making,
  name: string,
  account: Omit<NewAccount, 'id'>,
): KnownAccount {
  const id = newId();
  const opened = {
    ...{ id, rootId: account.rootId ?? id, form: null },
    ...{ firstPlacedAt: null, signedUpAt: null, isWithdrawn: false },
  };
  statements.push(insertAccount({ ...account, id }, terms));
  known.accounts.set(name, opened);
  made.push(account.kind === 'personal' ? '' : JSON.stringify([row.account, account.kind, account.name]));
  return opened;
}

function findOrMakeDepartment(making: Making, root: KnownAccount, department: string): KnownAccount {
  const name = departmentName(root.id, department);
  return (
    making.known.accounts.get(name) ??
    make(making, name, { rootId: root.id, kind: 'department', name: department })
  );
}

function joinedOf(root: KnownAccount, { timeZone, now }: CustomerTerms): string | null {
  const isKnown = root.firstPlacedAt !== null || root.signedUpAt !== null;
  return isKnown ? joiningDayOf(root, timeZone, now) : null;
}

/** An order may be older than the day somebody joined; what was told of that day stays true. */
function isSignUp(day: string, { signedUpAt }: KnownAccount, timeZone: string): boolean {
  return signedUpAt !== null && dayOf(signedUpAt, timeZone) === day;
}

/** An earlier day of joining is learnt, and an account that was there is counted again. It claims nobody. */
function planJoined(
  { joined_at: day }: CustomerRow,
  { root, isMade, terms }: { root: KnownAccount; isMade: boolean; terms: CustomerTerms },
): Statement[] {
  if (day === null || isSignUp(day, root, terms.timeZone) || day === joinedOf(root, terms)) return [];
  const at = startOfDay(day, terms.timeZone);
  root.signedUpAt = at;
  const stale = isMade ? '' : `, settled_revision = ${STALE}`;
  return [statement(`UPDATE accounts SET signed_up_at = ?${stale} WHERE id = ?`, at, root.id)];
}
