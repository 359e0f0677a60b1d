import type { TextColumn } from './columns.ts';
import { joinCredits } from './join-credits.ts';
import type { FieldTerms } from './merge-fields.ts';
import { placeOfRest } from './packed-line.ts';
import { placeOfKey } from './packed-rest.ts';
import { because, type Reason, wrongIn } from './reason.ts';
import { creditMark, openErrors, splitKey } from './staged-rows.ts';
import type { StagingDatabase } from './staging-database.ts';

/** What the rows of a file tell of people, so that nothing is looked for in vain. */
export interface ToldPeople {
  hasNames: boolean;
  /** Some rows tell a key and no email, others both. */
  hasKeysToJoin: boolean;
  hasCreditsOfNobody: boolean;
}

/** After the last row: refuses orders that are of two accounts or two times, drops what is refused, finds the names. */
export function settleRows(
  db: StagingDatabase,
  { hasNames, hasKeysToJoin, hasCreditsOfNobody, several, nameOf }: FieldTerms & ToldPeople,
): void {
  if (hasKeysToJoin) db.exec(joinKeys);
  if (several.placed_at !== undefined) db.exec(oneTime(several.placed_at));
  const errors = openErrors(db);
  for (const torn of findTornOrders(db, nameOf)) {
    const { source, number } = splitKey(torn.orderKey);
    errors.add({ line: torn.line, order: number, reason: torn.reason }, source);
  }
  db.exec(`DELETE FROM rows WHERE order_key IN
    (SELECT order_key FROM errors UNION ALL SELECT order_key || '${creditMark}' FROM errors)`);
  db.exec('DELETE FROM refunds WHERE order_key IN (SELECT order_key FROM errors)');
  if (hasCreditsOfNobody) joinCredits(db);
  if (hasNames) db.exec(latestNames);
}

interface TornOrder {
  orderKey: string;
  line: number;
  reason: Reason;
}

/** Rows of one order under different accounts or times lie apart in the grouping, so they are found here. */
function findTornOrders(db: StagingDatabase, nameOf: FieldTerms['nameOf']): TornOrder[] {
  const torn: TornOrder[] = [];
  let first: TornRow | null = null;
  for (const row of db.prepare(tornRows).iterate([])) {
    if (!isTornRow(row)) throw new Error('unexpected shape of a staged row');
    const [key, line, account, placedAt] = row;
    if (first?.[0] !== key) first = row;
    else if ((account !== first[2] || placedAt !== first[3]) && torn.at(-1)?.orderKey !== key) {
      torn.push({ orderKey: key, line, reason: whyTorn(row, first, nameOf) });
    }
  }
  return torn;
}

type TornRow = [orderKey: string, line: number, accountKey: string, placedAtMs: number];

const tornRows = `SELECT order_key, packed->>0 AS line, account_key, placed_at FROM rows WHERE order_key IN
  (SELECT order_key FROM rows WHERE order_key IN (SELECT order_key FROM repeats) GROUP BY order_key
   HAVING min(account_key) <> max(account_key) OR min(placed_at) <> max(placed_at))
  ORDER BY order_key, line`;

function isTornRow(row: unknown): row is TornRow {
  return Array.isArray(row) && row.length === 4;
}

function whyTorn(
  [, , account, placedAt]: TornRow,
  [, line, firstAccount, firstPlacedAt]: TornRow,
  nameOf: FieldTerms['nameOf'],
): Reason {
  if (account !== firstAccount) {
    const [told, before] = [whose(account, nameOf), whose(firstAccount, nameOf)];
    if (told === null) return because('nobody_differs', { before: before ?? '', line });
    return before === null
      ? because('buyer_differs_from_nobody', { told, line })
      : because('buyer_differs', { told, before, line });
  }
  const [told, before] = [new Date(placedAt).toISOString(), new Date(firstPlacedAt).toISOString()];
  return wrongIn(nameOf('placed_at'), 'differs', { told, before, line });
}

/** Whose an account is, by the column of the file that says so; null for nobody's. */
function whose(accountKey: string, nameOf: FieldTerms['nameOf']): string | null {
  const cut = accountKey.indexOf(':');
  const column = accountColumns.get(accountKey.slice(0, cut));
  const [name = ''] = accountKey.slice(cut + 1).split('\x1f');
  return column === undefined ? null : `${nameOf(column)} ${JSON.stringify(name.slice(0, 60))}`;
}

const accountColumns = new Map<string, TextColumn>([
  ['customer', 'customer_email'],
  ['key', 'customer_key'],
  ['account', 'account'],
]);

const keyId = `(packed ->> '$[${placeOfRest}][${placeOfKey}]') || char(31) ||
  replace(substr(order_key, instr(order_key, char(31)) + 1), '${creditMark}', '')`;

/** Rows with a key alone are of the customer whose email other rows tell beside that key, the latest where they tell several. */
const joinKeys = `
  CREATE TEMP TABLE known_keys AS SELECT id, email FROM
    (SELECT ${keyId} AS id, packed ->> 1 AS email,
       max(printf('%016d', placed_at + 10000000000000) || order_key || (packed ->> 1))
     FROM rows WHERE packed ->> 1 IS NOT NULL AND packed ->> '$[${placeOfRest}][${placeOfKey}]' IS NOT NULL GROUP BY 1);
  CREATE UNIQUE INDEX known_keys_id ON known_keys (id);
  UPDATE rows SET packed = json_set(packed, '$[1]', known_keys.email),
    account_key = CASE WHEN account_key LIKE 'key:%' THEN 'customer:' || known_keys.email ELSE account_key END
    FROM known_keys WHERE packed ->> 1 IS NULL AND known_keys.id = ${keyId}`;

/** Moves the rows of each order to its earliest or latest time. */
const oneTime = (which: 'first' | 'last') => `
  CREATE TEMP TABLE moved AS SELECT order_key, ${which === 'first' ? 'min' : 'max'}(placed_at) AS at FROM rows
    WHERE order_key IN (SELECT order_key FROM repeats) GROUP BY order_key HAVING min(placed_at) <> max(placed_at);
  CREATE INDEX moved_key ON moved (order_key);
  UPDATE rows SET placed_at = (SELECT at FROM moved WHERE moved.order_key = rows.order_key)
    WHERE order_key IN (SELECT order_key FROM moved)`;

/** The name in the latest order that has one, by time, number, source, name. */
const latestNames = `INSERT INTO names SELECT email, name FROM
  (SELECT packed->>1 AS email, packed->>2 AS name,
     max(printf('%016d', placed_at + 10000000000000) || order_key || char(31) || (packed->>2))
   FROM rows WHERE packed->>2 <> '' AND packed->>1 IS NOT NULL GROUP BY email)`;
