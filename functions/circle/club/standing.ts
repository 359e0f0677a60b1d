import type { Store } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { clubSpansOf } from '../../money/accounts/root.ts';
import { isInClub } from '../../money/rewards/count.ts';
import type { Level } from './level.ts';
import { findRootSpans, findSpendOf, listLevels } from './queries.ts';
import { readNames } from './texts.ts';

/** An account as what is for members sees it. */
export interface Member {
  accountId: string;
  isMember: boolean;
  spendMinor: bigint;
  levels: Level[];
}

/** Reads whether an account is in the club now, and what it spent in the business currency, in one round trip. */
export async function loadMember(
  db: Store,
  { accountId, currency, now }: { accountId: string; currency: string | null; now: number },
): Promise<Member> {
  const [[root], [spend], levels] = await Promise.all([
    findRootSpans(db, { accountId }),
    findSpendOf(db, { accountId, currency: currency ?? '' }),
    loadLevels(db),
  ]);
  const isMember = isInClub(clubSpansOf(root?.clubSpans ?? null), now);
  return { accountId, isMember, spendMinor: spend?.spendMinor ?? 0n, levels };
}

/** Lowest first. */
export async function loadLevels(db: Store): Promise<Level[]> {
  const rows = await listLevels(db);
  return rows.map(({ key, fromMinor, names }) => ({ key, fromMinor, names: readNames(names) }));
}

/** @throws {AppError} `club_not_a_member` */
export function assertMember({ isMember }: Pick<Member, 'isMember'>): void {
  if (!isMember) throw new AppError('club_not_a_member', 'This is for members of the club.');
}
