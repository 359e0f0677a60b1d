import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
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
  if (terms === undefined || terms[0] !== timeZone) return [];
  const expected = await sumEntries(db, timeZone);
  const rows = await db.read(statement('SELECT day, currency, kind, amount_minor, entries FROM ledger_days'));
  const found = new Map(
    rows.map(([day, currency, kind, minor, entries]) => [
      `${day} ${currency} ${kind}`,
      `${minor} of ${entries}`,
    ]),
  );
  const differences = [...new Set([...expected.keys(), ...found.keys()])].flatMap((key) => {
    const sum = expected.get(key);
    const [is, should] = [found.get(key) ?? 'nothing', sum ? `${sum.minor} of ${sum.entries}` : 'nothing'];
    return is === should
      ? []
      : [differing({ code: 'figures', of: { key } }, { account: '', expected: should, found: is })];
  });
  if (differences.length === 0 || looks === 1) return differences;
  return checkFigures(db, { timeZone, looks: looks - 1 });
}

async function sumEntries(
  db: Store,
  timeZone: string,
): Promise<Map<string, { minor: bigint; entries: number }>> {
  const sums = new Map<string, { minor: bigint; entries: number }>();
  for (let place: [string, number] = ['', 0]; ; ) {
    const rows = await db.read(
      statement(
        `SELECT l.account_id, l.seq, l.kind, l.currency, l.amount_minor, l.effective_at
         FROM ledger AS l CROSS JOIN ledger_days_read AS r ON r.account_id = l.account_id AND l.seq <= r.seq
         WHERE (l.account_id, l.seq) > (?, ?) ORDER BY l.account_id, l.seq LIMIT ${ROWS_PER_STEP}`,
        ...place,
      ),
    );
    for (const [account, seq, kind, currency, minor, effectiveAt] of rows) {
      const key = `${dayOf(Number(effectiveAt), timeZone)} ${currency} ${kind}`;
      const sum = sums.get(key) ?? { minor: 0n, entries: 0 };
      sums.set(key, { minor: sum.minor + BigInt(minor ?? 0), entries: sum.entries + 1 });
      place = [String(account), Number(seq)];
    }
    if (rows.length < ROWS_PER_STEP) return sums;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
