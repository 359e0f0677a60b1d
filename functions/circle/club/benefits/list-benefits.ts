import type { Store } from '../../../../db/store.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { OwedBonus } from '../../../money/ledger/bonus.ts';
import { listManagerEmails } from '../../../people/managers/list-manager-emails.ts';
import { type Names, readNames, readTexts, type Texts } from '../texts.ts';
import { listAllBenefits, listOwed } from './queries.ts';
import {
  type BenefitContact,
  type BenefitDetail,
  type BenefitKind,
  detailShape,
  readContact,
} from './schema.ts';

export interface Benefit {
  id: string;
  kind: BenefitKind;
  texts: Texts;
  detail: BenefitDetail;
  /** The lowest level that has it; null for all members. */
  level: string | null;
  /** Whom an earlier release showed to members as their account manager, where they were nobody of the team. */
  contact: BenefitContact | null;
  /** Null while it is kept; `bonus` is what each member got for it. */
  withdrawal: { at: number; reason: Names; bonus: { minor: bigint; currency: string } | null } | null;
}

/** What members have, and for a year what was withdrawn. */
export async function listBenefits(db: Store, now: number): Promise<Benefit[]> {
  const rows = await listAllBenefits(db);
  const contactOf = await findContacts(db, rows);
  return rows
    .toSorted((a, b) => Number(a.withdrawnAt !== null) - Number(b.withdrawnAt !== null))
    .filter(({ from, until }) => from <= now && (until === null || until > now))
    .filter(({ withdrawnAt }) => withdrawnAt === null || withdrawnAt > now - YEAR_MS)
    .map(({ id, kind, texts, detail, level, withdrawnAt, reason, bonusMinor, currency }) => ({
      id,
      kind,
      texts: readTexts(texts),
      detail: detailShape.parse(JSON.parse(detail)),
      level,
      contact: contactOf.get(id) ?? null,
      withdrawal:
        withdrawnAt === null
          ? null
          : {
              at: withdrawnAt,
              reason: readNames(reason ?? '{}'),
              bonus: bonusMinor ? { minor: bonusMinor, currency: currency ?? '' } : null,
            },
    }));
}

/** By benefit, but of who is of the team: their profile says it, and in whose hands an account is. */
async function findContacts(
  db: Store,
  rows: readonly { id: string; detail: string }[],
): Promise<Map<string, BenefitContact>> {
  const kept = rows.flatMap(({ id, detail }): [string, BenefitContact][] => {
    const contact = readContact(detail);
    return contact === null ? [] : [[id, contact]];
  });
  if (kept.length === 0) return new Map();
  const emails = JSON.stringify(kept.map(([, { mail }]) => mail.toLowerCase()));
  const team = new Set((await listManagerEmails(db, { emails })).map(({ email }) => email));
  return new Map(kept.filter(([, { mail }]) => !team.has(mail.toLowerCase())));
}

const YEAR_MS = 365 * DAY_MS;

/** The bonuses that benefits withdrawn owe, for the proof. */
export async function listOwedByWithdrawals(db: Store, { ids }: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listOwed(db, { ids });
  return rows.map(({ accountId, id, amountMinor }) => ({
    accountId,
    cause: { kind: 'club', id },
    amountMinor,
  }));
}
