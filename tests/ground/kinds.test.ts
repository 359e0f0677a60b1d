import { describe, expect, expectTypeOf, test } from 'vitest';
import type { AuditKind } from '../../functions/ground/audit/audit-kind.ts';
import type { HistoryKind } from '../../functions/ground/history/history-kind.ts';
import { rooms } from '../../functions/rooms.ts';

describe('kinds of history and audit', () => {
  test('are those that rooms declare, and no other compiles', () => {
    expectTypeOf<'order_created'>().toExtend<HistoryKind>();
    expectTypeOf<'order_craeted'>().not.toExtend<HistoryKind>();
    expectTypeOf<'key.added'>().toExtend<AuditKind>();
    expectTypeOf<'key.add'>().not.toExtend<AuditKind>();
  });

  test.each(['historyKinds', 'auditKinds'] as const)('each of %s is of one room', (name) => {
    const all = rooms.flatMap((room): readonly string[] => room[name] ?? []);
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(all).size).toBe(all.length);
  });
});
