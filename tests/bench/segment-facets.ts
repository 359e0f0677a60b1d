import type { Store } from '../../db/store.ts';

/** A number that follows from an id, whose last digits are random: 17 … 272. */
const numberOf = (id: string) =>
  `(16 * instr('0123456789abcdef', substr(${id}, -2, 1)) + instr('0123456789abcdef', substr(${id}, -1)))`;

/** About each of so many rows. */
const every = (of: number, id = 'id') => `${numberOf(id)} % ${of} = 0`;

/** What the starting set asks about beside orders, of some of the customers: news, birthdays, cases, departments, lapsing credit. */
export async function fillFacets(db: Store): Promise<void> {
  const now = Date.now();
  const day = 86_400_000;
  await db.script(`BEGIN;
    INSERT INTO consent_texts (version, kind, language, text, first_shown_at) VALUES ('bench', 'news', 'en', 'News', 0);
    INSERT INTO consents (id, customer_id, kind, is_given, version, source, at, actor)
      SELECT 'a' || id, id, 'news', ${numberOf('id')} % 2, 'bench', 'joining', 1, 'system:bench' FROM customers;
    INSERT INTO consents (id, customer_id, kind, is_given, version, source, at, actor)
      SELECT 'b' || id, id, 'news', ${every(4)}, 'bench', 'settings', 2, 'system:bench' FROM customers WHERE ${every(3)};
    INSERT INTO profile_answers (customer_id, question, answer, at)
      SELECT id, 'birthday', printf('%02d-%02d', ${numberOf('id')} % 12 + 1, ${numberOf('id')} % 28 + 1), 1 FROM customers WHERE ${every(2)};
    INSERT INTO feedback (id, reference, kind, customer_id, account_id, root_id, text, wants_reply, source, at, actor)
      SELECT 'f' || id, 'F' || id, 'problem', owner_id, id, id, 'Late', 1, 'portal', ${now - 5 * day}, 'system:bench'
      FROM accounts WHERE ${every(20)};
    INSERT INTO cases (feedback_id, opened_at, state, changed_at, event_seq)
      SELECT id, at, CASE WHEN ${every(3)} THEN 'open' ELSE 'resolved' END, at, 0 FROM feedback;
    INSERT INTO accounts (id, root_id, kind, name, owner_id, history_seq, ledger_seq, ledger_hash, balance_minor, settled_revision, created_at)
      SELECT 'd' || id, id, 'department', 'Paris', NULL, 0, 0, '', 0, 0, 1 FROM accounts WHERE ${every(50)};
    UPDATE lots SET expires_at = ${now + day} + ${numberOf('account_id')} * ${day} WHERE ${every(10, 'account_id')};
    COMMIT;`);
}

/** Some are advocates: what was counted of them is put so afterwards. */
export async function praiseSome(db: Store): Promise<void> {
  await db.script(`UPDATE account_facts SET quoted_at = ${Date.now()} WHERE ${every(25, 'account_id')}`);
}
