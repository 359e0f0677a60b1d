import { expect } from 'vitest';
import type { Shop } from '../../support/shop.ts';

/** Changes the database past every guard. */
export async function tamper({ ctx }: Pick<Shop, 'ctx'>, sql: string): Promise<void> {
  const triggers = await ctx.db.read({
    sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    args: [],
  });
  const drops = triggers.map(([name]) => `DROP TRIGGER "${name}";`).join('');
  await ctx.db.script(`PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ${drops} ${sql};`);
  const [changed] = await ctx.db.read({ sql: 'SELECT changes()', args: [] });
  expect(changed?.[0], 'the tampering changed something').toBeGreaterThan(0n);
}
