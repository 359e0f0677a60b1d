import type { BareDatabase, Cell } from './database.ts';

const TARGET = 10_000;
const BACK = 500;
const currency = 'EUR';

const amount = (minor: number) => ({ amount: minor, currency });
const time = (at: Cell | undefined) => new Date(Number(at)).toISOString().replace('.000Z', 'Z');

/** `GET …/balance` byte for byte, for the one rule of the benchmark. */
export function openBalance({ keep }: BareDatabase) {
  const find = keep(`SELECT a.id, a.balance_minor, s.spend_minor, t.spend_minor FROM accounts a
    JOIN account_spend s ON s.root_id = a.id JOIN period_totals t ON t.root_id = a.id WHERE a.owner_id = ?`);
  const lots = keep(
    'SELECT remaining_minor FROM lots WHERE account_id = ? AND remaining_minor > 0 ORDER BY dated_at, seq',
  );
  return (customerId: string): string => {
    const [accountId = '', balance, spend, counted] = find.row(customerId);
    const next = (Math.floor(Number(counted) / TARGET) + 1) * TARGET;
    return JSON.stringify({
      accountId,
      spend: amount(Number(spend)),
      available: amount(Number(balance)),
      pending: amount(0),
      debt: amount(0),
      lots: lots.rows(accountId).map(([minor]) => ({ remaining: amount(Number(minor)), expiresAt: null })),
      progress: [
        {
          rule: 'money-back',
          version: 1,
          period: { from: '2020-01-01', to: null },
          spend: amount(Number(counted)),
          nextTarget: amount(next),
          missing: amount(next - Number(counted)),
          pays: amount(BACK),
        },
      ],
    });
  };
}

/** The first page of `GET …/orders` byte for byte: 20 orders with their lines, events and rewards. */
export function openLatestOrders({ keep }: BareDatabase) {
  const find = keep(`SELECT a.id, c.email, c.name, t.spend_minor FROM customers c
    JOIN accounts a ON a.owner_id = c.id JOIN period_totals t ON t.root_id = a.id WHERE c.id = ?`);
  const page = keep(`SELECT id, source, number, placed_at, status, total_minor FROM orders WHERE root_id = ?
    ORDER BY placed_at DESC, number DESC, source DESC LIMIT 21`);
  const lines = keep(
    'SELECT line_id, sku, product, category, total_minor FROM order_lines WHERE order_id = ? ORDER BY position',
  );
  const events = keep('SELECT event_id, source, status, at FROM order_events WHERE order_id = ? ORDER BY at');
  return (customerId: string): string => {
    const [accountId = '', email, name, spend] = find.row(customerId);
    const found = page.rows(accountId);
    let through = Number(spend);
    const items = found.slice(0, 20).map(([id = '', source, number, placedAt, status, total]) => {
      const after = through - Number(total);
      const earned = (Math.floor(through / TARGET) - Math.floor(after / TARGET)) * BACK;
      through = after;
      const bought = lines.rows(id);
      return {
        id,
        source,
        number,
        placedAt: time(placedAt),
        currency,
        status,
        lines: bought.map(([line, sku, product, category, minor]) => ({
          id: line,
          sku,
          product,
          category,
          quantity: 1,
          total: amount(Number(minor)),
          discount: amount(0),
          giftCard: false,
        })),
        shipping: null,
        tax: null,
        promisedBy: null,
        events: events.rows(id).map(([event, teller, reached, at]) => ({
          id: event,
          source: teller,
          status: reached,
          at: time(at),
          note: null,
          carrier: null,
          trackingNumber: null,
          trackingUrl: null,
          parcel: null,
        })),
        refunds: [],
        refunded: amount(0),
        customerId,
        customer: { email, key: null, name },
        accountId,
        receiptCode: null,
        account: null,
        department: null,
        rewards: {
          earned: amount(earned),
          pending: amount(0),
          lines: bought.map(([line, , , , minor]) => ({
            line,
            counted: amount(Number(minor)),
            reason: null,
          })),
        },
      };
    });
    const last = found[19];
    const cursor = [Number(last?.[3]), last?.[2], last?.[1]];
    const nextCursor = found.length > 20 ? Buffer.from(JSON.stringify(cursor)).toString('base64url') : null;
    return JSON.stringify({ items, nextCursor });
  };
}

/** Reads what the page `/account` reads; the page itself is sent as it was rendered once. */
export function openAccountPage({ keep }: BareDatabase, html: string) {
  const session = keep(`SELECT c.id, c.email, c.name, a.id, a.balance_minor, s.expires_at FROM sessions s
    JOIN customers c ON c.id = s.subject_id JOIN accounts a ON a.owner_id = c.id WHERE s.token_hash = ?`);
  const totals = keep('SELECT * FROM period_totals WHERE root_id = ?');
  const lots = keep(
    'SELECT seq, remaining_minor, expires_at FROM lots WHERE account_id = ? AND remaining_minor > 0',
  );
  const latest =
    keep(`SELECT source, number, placed_at, currency, total_minor, discount_minor, refunded_minor, status, status_at,
    first_product, line_count FROM orders WHERE root_id = ? ORDER BY placed_at DESC, number DESC, source DESC LIMIT 5`);
  const vouchers = keep('SELECT * FROM vouchers WHERE account_id = ? ORDER BY issued_at DESC LIMIT 100');
  const profile = keep('SELECT question, answer, at FROM profile_answers WHERE customer_id = ?');
  const surveys = keep(`SELECT i.id, i.at, s.id FROM survey_invitations i JOIN surveys s ON s.id = i.survey_id
    WHERE i.customer_id = ? AND s.closed_at IS NULL ORDER BY i.at DESC LIMIT 3`);
  return (tokenHash: string): string => {
    const [customerId = '', , , accountId = ''] = session.row(tokenHash);
    profile.rows(customerId);
    surveys.rows(customerId);
    totals.rows(accountId);
    lots.rows(accountId);
    latest.rows(accountId);
    vouchers.rows(accountId);
    return html;
  };
}
