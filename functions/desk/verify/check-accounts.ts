import { StoreUnavailable } from '../../../db/store.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { inSteps } from '../../money/accounts/in-steps.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { checkBonuses } from './check-bonuses.ts';
import { checkCauses } from './check-causes.ts';
import { checkConservation } from './check-conservation.ts';
import { checkCounts } from './check-counts.ts';
import { checkFacts } from './check-facts.ts';
import { checkLedger } from './check-ledger.ts';
import { checkOrders } from './check-orders.ts';
import { type Difference, openFindings, unreadable } from './difference.ts';
import { type Evidence, loadEvidence } from './evidence.ts';
import { listRootPage } from './queries.ts';
import { addDifferences, nothingVerified, type Verified } from './verified.ts';

/** Root accounts by id: those behind `after`, up to and with `upTo`. */
export interface AccountSpan {
  after: string;
  /** Null for all that follow. */
  upTo: string | null;
}

export const allAccounts: AccountSpan = { after: '', upTo: null };

export type OnProgress = (accounts: number) => void;

/** What is read to check accounts. */
export type Reader = Pick<Context, 'db' | 'cache' | 'defaults' | 'now'>;

const ACCOUNTS_PER_PAGE = 200;
/** So many orders are held at once, with all that is made of them; an account of more is held alone. */
const ORDERS_PER_STEP = 1000;
/** A server beside us may write between our reads: what differs is looked at again before it is believed. */
const LOOKS = 3;

/** Recomputes what belongs to root accounts, each by itself. */
export async function checkAccounts(
  reader: Reader,
  span: AccountSpan,
  onProgress: OnProgress,
): Promise<Verified> {
  const verified = nothingVerified();
  const db = reader.db.fresh;
  for (let { after, upTo } = span; ; ) {
    const page = await listRootPage(db, { after, upTo, limit: ACCOUNTS_PER_PAGE });
    const last = page.at(-1);
    if (last === undefined) return verified;
    after = last.id;
    const ids = page.map(({ id }) => id);
    await checkInto(verified, reader, ids);
    onProgress(verified.accounts);
  }
}

/** The same for some root accounts, by their ids. */
export async function checkRoots(reader: Reader, rootIds: readonly string[]): Promise<Verified> {
  const verified = nothingVerified();
  await checkInto(verified, reader, rootIds);
  return verified;
}

async function checkInto(verified: Verified, reader: Reader, rootIds: readonly string[]): Promise<void> {
  for (const step of await inSteps(reader.db.fresh, rootIds, ORDERS_PER_STEP)) {
    await checkStep(verified, reader, step);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** An account of which something cannot even be read is in doubt as well, and keeps no other from being looked at. */
async function checkStep(verified: Verified, reader: Reader, rootIds: readonly string[]): Promise<void> {
  let looks: Look[];
  try {
    looks = await look(reader, rootIds);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const [id = '', ...others] = rootIds;
    if (others.length > 0) {
      for (const one of rootIds) await checkStep(verified, reader, [one]);
      return;
    }
    verified.accounts += 1;
    verified.inDoubt.push(id);
    addDifferences(verified, [unreadable(id, { code: 'account', of: {} }, error)]);
    return;
  }
  for (const { evidence, isWaiting, differences } of looks) {
    if (evidence.root.withdrawnAt === null) verified.accounts += 1;
    verified.entries += evidence.entries.length;
    if (isWaiting) verified.waiting += 1;
    if (differences.length > 0) verified.inDoubt.push(evidence.root.id);
    addDifferences(verified, differences);
  }
}

interface Look {
  evidence: Evidence;
  isWaiting: boolean;
  differences: Difference[];
}

async function look(reader: Reader, rootIds: readonly string[], times = 1): Promise<Look[]> {
  const db = reader.db.fresh;
  const business = await getBusiness({ ...reader, db });
  const all = await loadEvidence(db, rootIds, business.timeZone);
  const looks = all.map((evidence) => lookAt(evidence, business, reader.now()));
  const doubtful = looks.filter(({ differences }) => differences.length > 0);
  if (doubtful.length === 0 || times === LOOKS) return looks;
  const again = await look(
    reader,
    doubtful.map(({ evidence }) => evidence.root.id),
    times + 1,
  );
  return [...looks.filter(({ differences }) => differences.length === 0), ...again];
}

function lookAt(evidence: Evidence, business: Business, now: number): Look {
  const { root, history } = evidence;
  const findings = openFindings(root.id);
  const isWaiting = root.settledRevision !== business.revision;
  checkOrders(evidence, findings);
  checkCounts(evidence, { business, now, isWaiting }, findings);
  checkCauses(evidence, checkLedger(evidence, business, findings), findings);
  checkBonuses(evidence, findings);
  checkConservation(evidence, findings);
  checkFacts(evidence, { timeZone: business.timeZone, today: dayOf(now, business.timeZone) }, findings);
  findings.compare('account_times_in_club', evidence.clubSpans.owed, evidence.clubSpans.kept);
  // A programme that has not reached the account may be for segments that its row does not tell of yet.
  if (!isWaiting)
    findings.compare('account_times_in_segments', evidence.segmentSpans.owed, evidence.segmentSpans.kept);
  findings.compare('account_history_rows', root.historySeq, history.rows);
  findings.compare('account_history', `1 to ${root.historySeq}`, `${history.first} to ${history.last}`);
  return { evidence, isWaiting, differences: findings.list };
}
