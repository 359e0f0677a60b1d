import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';
import { moneyFor, namesFor } from '../insight/download-table.ts';
import { listOwnCustomers, type OwnCustomer, type OwnCustomersAsked } from './list-own-customers.ts';

/** All of them at once: what waits changes while a file is read, and pages of it would skip some and tell others twice. */
const ALL = 2 ** 31 - 1;

const columns = [
  ...['name', 'account', 'account_id', 'customer_id', 'stands_in_for', 'open_cases', 'overdue_cases'],
  ...['tasks_due', 'late_orders', 'unseen_credit', 'currency', 'last_contact', 'quiet'],
] as const;

/**
 * The list of {@link listOwnCustomers} as a CSV; who took it stands in the log. Analysts get nobody's name, be it of
 * a customer, of a company or of the team.
 * @throws {AppError} as `listOwnCustomers`, and `proof_needed`
 */
export async function downloadOwnCustomers(
  ctx: Context,
  asked: Pick<OwnCustomersAsked, 'staffId' | 'isWaitingOnly'>,
): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'customers:read');
  if (mayReadPersonal(ctx.actor)) allowProven(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'managed.exported', subjectKind: 'staff', subjectId: asked.staffId },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, asked) }, 'csv'));
}

async function* pagesOf(
  ctx: Context,
  asked: Pick<OwnCustomersAsked, 'staffId' | 'isWaitingOnly'>,
): AsyncGenerator<SheetRow[]> {
  const { items } = await listOwnCustomers(ctx, { ...asked, rows: ALL });
  const named = namesFor(ctx);
  yield items.map((item) => rowOf(item, (name) => (name === null ? null : named(name))));
}

function rowOf(item: OwnCustomer, told: (name: string | null) => string | null): SheetRow {
  const { unseen, lastContactAt } = item;
  return [
    ...[told(item.name), told(item.accountName), item.accountId, item.customerId, told(item.of)],
    ...[item.openCases, item.overdueCases, item.tasksDue, item.lateOrders],
    unseen === null ? null : moneyFor(unseen.currency)(unseen.minor),
    unseen?.currency ?? null,
    lastContactAt === null ? null : instantText(lastContactAt),
    item.isQuiet ? 'yes' : 'no',
  ];
}
