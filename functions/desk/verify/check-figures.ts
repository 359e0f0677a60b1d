import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { figureTerms } from '../today/posted-entries.ts';
import { type Difference, differing } from './difference.ts';

const ROWS_PER_STEP = 5000;
/** The figures may move while they are looked at: what differs is looked at again before it is believed. */
const LOOKS = 3;

/** What the ledgers moved by day, as far as it was read, added up anew from every entry. */
export async function checkFigures(
  db: Store,
  { timeZone, looks = LOOKS }: { timeZone: string; looks?: number },
): Promise<Difference[]> {
  const [terms] = await db.read(statement("SELECT terms FROM feed_positions WHERE name = 'figures'"));
  if (terms === undefined || terms[0] !== figureTerms(timeZone)) return [];
  const expected = await sumEntries(db, timeZone);
  const rows = await db.read(statement('SELECT day, currency, kind, amount_minor, entries FROM ledger_days'));
  const found = new Map<string, Sum>();
  for (const [day, currency, kind, minor, entries] of rows)
    addTo(found, `${day} ${currency} ${looked(String(kind))}`, {
      minor: BigInt(minor ?? 0),
      entries: Number(entries),
    });
  const differences = [...new Set([...expected.keys(), ...found.keys()])].flatMap((key) => {
    const [is, should] = [sumText(found.get(key)), sumText(expected.get(key))];
    return is === should
      ? []
      : [differing({ code: 'figures', of: { key } }, { account: '', expected: should, found: is })];
  });
  if (differences.length === 0 || looks === 1) return differences;
  return checkFigures(db, { timeZone, looks: looks - 1 });
}

interface Sum {
  minor: bigint;
  entries: number;
}

const sumText = (sum: Sum | undefined) => (sum === undefined ? 'nothing' : `${sum.minor} of ${sum.entries}`);

/** Which of these moved from one account to another is judged as they are read, and looked at together here. */
const judged: readonly string[] = ['earn', 'clawback', 'adjust', 'moved'];
const looked = (kind: string) => (judged.includes(kind) ? 'posted' : kind);

function addTo(sums: Map<string, Sum>, key: string, { minor, entries }: Sum): void {
  const sum = sums.get(key) ?? { minor: 0n, entries: 0 };
  sums.set(key, { minor: sum.minor + minor, entries: sum.entries + entries });
}

async function sumEntries(db: Store, timeZone: string): Promise<Map<string, Sum>> {
  const sums = new Map<string, Sum>();
  for (let place: [string, number] = ['', 0]; ; ) {
    const rows = await db.read(
      statement(
        `SELECT l.account_id, l.seq, l.kind, l.currency, l.amount_minor, l.recorded_at
         FROM ledger AS l CROSS JOIN ledger_days_read AS r ON r.account_id = l.account_id AND l.seq <= r.seq
         WHERE (l.account_id, l.seq) > (?, ?) ORDER BY l.account_id, l.seq LIMIT ${ROWS_PER_STEP}`,
        ...place,
      ),
    );
    for (const [account, seq, kind, currency, minor, recordedAt] of rows) {
      const key = `${dayOf(Number(recordedAt), timeZone)} ${currency} ${looked(String(kind))}`;
      addTo(sums, key, { minor: BigInt(minor ?? 0), entries: 1 });
      place = [String(account), Number(seq)];
    }
    if (rows.length < ROWS_PER_STEP) return sums;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
