import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../../functions/ground/platform/context.ts';
import type { SegmentField, SegmentValueKind } from '../../functions/ground/segments/segment-field.ts';
import { workFacts } from '../../functions/insight/facts/work-facts.ts';
import { getLevels } from '../../functions/insight/levels/get-levels.ts';
import { checkDefinition } from '../../functions/insight/segments/check-definition.ts';
import { operatorsOf } from '../../functions/insight/segments/check-rules.ts';
import type { SegmentNode } from '../../functions/insight/segments/definition.ts';
import { fittingOf, listFitting, openBase } from '../../functions/insight/segments/evaluate.ts';
import { explainMember } from '../../functions/insight/segments/explain-member.ts';
import { loadWorld } from '../../functions/insight/segments/load-world.ts';
import { setSegment } from '../../functions/insight/segments/set-segment.ts';
import { fitPlainly, type PlainWorld, readTables } from '../support/plain-segments.ts';
import { fillSegmentWorld, noon, zone } from '../support/segment-world.ts';
import { createTestClock, createTestContext } from '../support/test-context.ts';
import { openTestFile } from '../support/test-store.ts';

const WORLDS = Number(process.env.SEQUENCES ?? (process.env.SOAK === '1' ? 200 : 8));
const SEGMENTS = 80;

const values: Record<SegmentValueKind, fc.Arbitrary<string | number | boolean>> = {
  count: fc.integer({ min: -1, max: 4 }),
  money: fc.constantFrom(-1, 0, 50, 100, 250, 300, 500, 100_000),
  days: fc.constantFrom(-1e15, -1, 0, 1, 7, 30, 59, 60, 180, 364, 365, 400, 1e15),
  half_days: fc.constantFrom(0, 0.5, 20, 40.5, 100),
  number: fc.constantFrom(-3, 0, 0.1, 1.5, 4, 5.33, 42, 42.1, 42.5),
  text: fc.constantFrom('', 'Ann', 'ann', 'en', 'uk', 'чай', 'Name r001', 'tea', 'О'),
  choice: fc.constantFrom('x'),
  day: fc.constantFrom('2026-02-28', '2026-03-01', '2026-03-02'),
  flag: fc.boolean(),
};

const some = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.array(arbitrary, { minLength: 1, maxLength: 3 });

const where = fc.record(
  {
    source: some(fc.constantFrom('web', 'till', 'none')),
    sku: fc.constantFrom('A', 'B'),
    product: some(fc.constantFrom('Tea', 'Cup')),
    category: fc.constantFrom('Drinks', 'Things'),
  },
  { requiredKeys: [] },
);

/** Any rule that may be said about a field. */
function ruleOf(field: SegmentField): fc.Arbitrary<unknown> {
  const one = field.kind === 'choice' ? fc.constantFrom(...(field.choices ?? [])) : values[field.kind];
  return fc.constantFrom(...operatorsOf[field.kind]).chain((operator) => {
    const value =
      operator === 'isNull' || operator === 'notNull'
        ? fc.constant(undefined)
        : operator === 'between'
          ? fc.tuple(one, one)
          : operator === 'in' || operator === 'notIn'
            ? some(one)
            : one;
    return fc.record(
      {
        field: fc.constant(field.name),
        operator: fc.constant(operator),
        value,
        ...(field.takesDays ? { within: fc.record({ days: fc.constantFrom(1, 7, 30, 60, 365) }) } : {}),
        ...(field.takesWhere ? { where } : {}),
      },
      { requiredKeys: ['field', 'operator', 'value'] },
    );
  });
}

function definitions(fields: readonly SegmentField[]): fc.Arbitrary<unknown> {
  const rule = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...fields).chain(ruleOf) },
    {
      weight: 1,
      arbitrary: fc.record({
        field: fc.constant('segment'),
        operator: fc.constantFrom('=', '!='),
        value: fc.constantFrom('often', 'seldom'),
      }),
    },
  );
  const group = (inner: fc.Arbitrary<unknown>) =>
    fc.record({
      combinator: fc.constantFrom('and', 'or'),
      not: fc.boolean(),
      rules: fc.array(inner, { minLength: 1, maxLength: 3 }),
    });
  return group(fc.oneof({ weight: 3, arbitrary: rule }, { weight: 1, arbitrary: group(rule) }));
}

const moments = fc.constantFrom(null, null, noon, noon - 7 * 86_400_000, noon - 200 * 86_400_000 + 1);

test(`SQL holds whom a plain evaluation does, for ${WORLDS} × ${SEGMENTS} segments`, async () => {
  const seen = new Set<string>();
  let held = 0;
  const property = fc.asyncProperty(fc.nat(), fc.nat(), async (seed, other) => {
    await inWorld(seed, async (ctx) => {
      const world = await loadWorld(ctx);
      const tables = await readTables(ctx.db);
      await countsAlike(ctx, plainWorld(tables, world.segments, null));
      const asked = fc.sample(fc.tuple(definitions([...world.fields.values()]), moments), {
        numRuns: SEGMENTS,
        seed: other,
      });
      for (const [json, at] of asked) {
        const group = checkDefinition(json, world);
        const fitting = await fittingOf(group, world, await openBase(ctx, { at }));
        const plain = fitPlainly(group, plainWorld(tables, world.segments, at));
        expect(await listFitting(ctx.db, fitting, { limit: 1000 }), JSON.stringify([json, at])).toEqual(
          plain,
        );
        held += plain.length;
        for (const name of fieldsIn(group)) seen.add(name);
        const [account] = at === null ? plain : [];
        if (account !== undefined) await explains(ctx, json, account);
      }
    });
  });
  await fc.assert(property, {
    numRuns: WORLDS,
    seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31),
    endOnFailure: true,
  });
  expect(seen.size).toBeGreaterThan(25);
  expect(held).toBeGreaterThan(WORLDS * SEGMENTS);
});

/** The figures of the page of levels and groups are those of a plain evaluation, too. */
async function countsAlike(ctx: Context, world: PlainWorld): Promise<void> {
  const { counts, groups } = await getLevels(ctx);
  const plainly = (field: string, value: string) =>
    fitPlainly({ field, operator: '=', value, within: null, where: {} }, world).length;
  const told = { ...counts, enquirer: groups.enquirer, buyer: groups.buyer, premium: groups.premium };
  for (const [value, accounts] of Object.entries(told)) {
    const field = value in counts ? 'account.level' : 'account.group';
    expect([value, plainly(field, value)]).toEqual([value, accounts]);
  }
}

const fieldsIn = (node: SegmentNode): string[] =>
  'rules' in node ? node.rules.flatMap(fieldsIn) : [node.field];

/** Who fits is told so, rule by rule. */
async function explains(ctx: Context, definition: unknown, accountId: string): Promise<void> {
  await setSegment(ctx, { id: 'asked', definition });
  expect((await explainMember(ctx, { id: 'asked', accountId })).holds, JSON.stringify(definition)).toBe(true);
}

function plainWorld(
  tables: PlainWorld['tables'],
  segments: PlainWorld['segments'],
  at: number | null,
): PlainWorld {
  return { tables, segments, now: at ?? noon, until: at, timeZone: zone, currency: 'EUR', premiumShare: 20 };
}

const named = {
  often: { field: 'orders.count', operator: '>=', value: 2 },
  seldom: { field: 'segment', operator: '!=', value: 'often' },
};

async function inWorld(seed: number, work: (ctx: Context) => Promise<void>): Promise<void> {
  const { store, remove } = await openTestFile();
  try {
    const ctx = await createTestContext({ store, now: createTestClock(noon).now });
    await fillSegmentWorld(ctx, seed);
    await workFacts(ctx);
    for (const [id, rule] of Object.entries(named))
      await setSegment(ctx, { id, definition: { combinator: 'and', not: false, rules: [rule] } });
    await work(ctx);
  } finally {
    remove();
  }
}
