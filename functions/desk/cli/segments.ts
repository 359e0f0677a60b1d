import {
  addDays,
  instantOfLocal,
  parseInstantOrDate,
  startOfDay,
} from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { countSegment } from '../../insight/segments/count-segment.ts';
import { toDefinitionJson } from '../../insight/segments/definition.ts';
import { explainNamed } from '../../insight/segments/explain-named.ts';
import { toExplainedJson } from '../../insight/segments/explained-json.ts';
import { finishFacts } from '../../insight/segments/facts-ready.ts';
import { eachMember, type SegmentMember } from '../../insight/segments/list-members.ts';
import { getSegment, listSegments } from '../../insight/segments/list-segments.ts';
import { removeSegment as runRemove, setSegment as runSet } from '../../insight/segments/set-segment.ts';
import { askWholly } from '../../insight/segments/work-segments.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { readJson } from './import-orders.ts';
import { explainedLines } from './segment-lines.ts';
import { tableLines, timeText } from './text.ts';

/** What the segments commands do, once all that is recorded is counted. */
async function counted(call: Call, work: (ctx: Context) => Promise<void>): Promise<number> {
  const house = await call.loadHouse();
  return withContext(
    call.defaults,
    async (ctx) => {
      await finishFacts(ctx);
      await work(ctx);
      return 0;
    },
    { house },
  );
}

export const listedSegments: Command = {
  arguments: [],
  options: {},
  about: 'Segments are kept questions about accounts. How many are in each is as of when it was last asked.',
  examples: ['segments list'],
  run: async ({ io, defaults, loadHouse }) => {
    const house = await loadHouse();
    return withContext(
      defaults,
      async (ctx) => {
        const segments = await listSegments(ctx);
        const rows = segments.map(({ id, name, members, askedAt }) => [
          ...[id, name ?? '', `${members} accounts`],
          askedAt === null ? 'not asked yet' : `asked ${timeText(askedAt)}`,
        ]);
        const answer = segments.map(({ id, name, members, group, revision }) => ({
          ...{ id, name, members, revision },
          definition: toDefinitionJson(group),
        }));
        await io.answer(answer, tableLines(rows));
        if (segments.length === 0) io.note('There are no segments yet.');
        return 0;
      },
      { house },
    );
  },
};

export const setSegment: Command = {
  arguments: ['ID', 'FILE'],
  options: { name: { summary: 'What the team calls it', value: 'NAME' } },
  about:
    'FILE is JSON: {"combinator": "and", "rules": [{"field": "orders.count", "operator": ">=", "value": 2}]}.',
  examples: ['segments set lapsed lapsed.json --name "Not seen for half a year"'],
  run: async (call) => {
    const [id, definition, name] = [call.argument(0), await readJson(call.argument(1)), call.text('name')];
    return counted(call, async (ctx) => {
      const { outcome } = await runSet(ctx, { id, definition, ...(name === null ? {} : { name }) });
      await askWholly(ctx, id);
      const { members } = await getSegment(ctx, { id });
      await call.io.answer({ id, outcome, members }, [
        `The segment ${id} is ${outcome}: ${members} accounts.`,
      ]);
    });
  },
};

export const removeSegment: Command = {
  arguments: ['ID'],
  options: {},
  about:
    'Everybody leaves it. Who was in it when stays known. Refused while a rule or another segment names it.',
  examples: ['segments remove lapsed'],
  run: (call) =>
    counted(call, async (ctx) => {
      const id = call.argument(0);
      await runRemove(ctx, { id });
      await askWholly(ctx, id);
      await call.io.answer({ id }, [`The segment ${id} is removed.`]);
    }),
};

export const countedSegment: Command = {
  arguments: ['FILE'],
  options: { at: { summary: 'As of a moment: orders after it do not exist yet', value: 'TIME' } },
  about: 'Counts the accounts that a question fits, and keeps nothing.',
  examples: ['segments count lapsed.json', 'segments count lapsed.json --at 2026-03-01T12:00:00Z'],
  run: async (call) => {
    const definition = await readJson(call.argument(0));
    return counted(call, async (ctx) => {
      const at = await momentOf(ctx, call.text('at'));
      const { accounts } = await countSegment(ctx, { definition, at });
      await call.io.answer({ accounts }, [`${accounts} accounts`]);
    });
  },
};

export const segmentMembers: Command = {
  arguments: ['ID'],
  options: {},
  about: 'Asks the segment again and lists the accounts that are in it, who came last first.',
  examples: ['segments members lapsed', 'segments members lapsed --json'],
  run: (call) =>
    counted(call, async (ctx) => {
      const id = call.argument(0);
      await getSegment(ctx, { id });
      await askWholly(ctx, id);
      const members: SegmentMember[] = [];
      for await (const page of eachMember(ctx, id)) members.push(...page);
      const answer = members.map(({ accountId, name, enteredAt, people }) => ({
        ...{ accountId, account: name, email: people[0]?.email ?? null },
        emails: people.flatMap(({ email }) => email ?? []),
        enteredAt: new Date(enteredAt).toISOString(),
      }));
      const rows = answer.map(({ account, emails, enteredAt }) => [
        ...[account, emails.join(', '), enteredAt.slice(0, 16).replace('T', ' ')],
      ]);
      await call.io.answer(answer, tableLines(rows));
    }),
};

export const segmentWhy: Command = {
  arguments: ['ID', 'EMAIL'],
  options: {},
  about: 'Tells for each account of a customer whether the segment fits, rule by rule with the values.',
  examples: ['segments why lapsed ann@example.com'],
  run: (call) =>
    counted(call, async (ctx) => {
      const [id, email] = [call.argument(0), call.argument(1)];
      const explained = await explainNamed(ctx, { id, email });
      const accounts = explained.map(({ accountId, name, why }) => ({
        ...{ accountId, account: name, isIn: why.holds },
        rules: toExplainedJson(why),
      }));
      const lines = explained.flatMap(({ name, why }) => [
        `${name === '' ? email : name}: ${why.holds ? 'in' : 'not in'} ${id}`,
        ...explainedLines(why),
      ]);
      await call.io.answer({ segment: id, accounts }, lines);
    }),
};

/** A bare day is its end. */
async function momentOf(ctx: Context, text: string | null): Promise<number | null> {
  if (text === null) return null;
  const read = parseInstantOrDate(text);
  if (!read.ok) throw new UsageError(`--at has to be a time such as 2026-03-01T12:00:00Z, not '${text}'.`);
  const { timeZone } = await getBusiness(ctx);
  if (read.kind === 'date') return startOfDay(addDays(read.date, 1), timeZone) - 1;
  return read.kind === 'local' ? instantOfLocal(read.local, timeZone) : read.ms;
}
