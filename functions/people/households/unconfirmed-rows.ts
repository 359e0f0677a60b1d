const hasManager = `EXISTS (SELECT 1 FROM memberships m JOIN customers o ON o.id = m.customer_id
      WHERE m.account_id = r.id AND m.until IS NULL AND m.role IS NOT NULL AND o.claimed_at IS NOT NULL)`;

/** Memberships that an order alone made, of people who could use them. */
const madeByOrder = (
  condition: string,
) => `SELECT p.account_id, p.customer_id, p.since, r.id AS root_id, r.name AS root_name
  FROM accounts r CROSS JOIN accounts a ON a.root_id = r.id CROSS JOIN memberships p ON p.account_id = a.id
    CROSS JOIN customers c ON c.id = p.customer_id
  WHERE p.role IS NULL AND p.until IS NULL AND r.kind = 'shared' AND r.withdrawn_at IS NULL
    AND c.claimed_at IS NOT NULL AND c.withdrawn_at IS NULL
    AND ${condition}
    AND NOT EXISTS (SELECT 1 FROM memberships own JOIN accounts d ON d.id = own.account_id
      WHERE d.root_id = r.id AND own.customer_id = p.customer_id AND own.until IS NULL AND own.role IS NOT NULL)`;

/** Those whom nobody manages who could confirm them. */
export const unconfirmedRows = madeByOrder(`NOT ${hasManager}`);

/** Those who wait for a manager of theirs. */
export const unconfirmedByManagersRows = madeByOrder(hasManager);
